"""A setting for tables of pandas: Jupyter is not to set what stands between two dollars in a cell as a formula.

Imported for its effect by what makes tables that a notebook may show.
"""

import pandas as pd

pd.set_option("display.html.use_mathjax", False)
