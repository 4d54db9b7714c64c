"""A setting for pandas tables: Jupyter must not show text between two dollar signs in a cell as a formula.

Modules that make tables for notebooks import this one for its effect.
"""

import pandas as pd

pd.set_option("display.html.use_mathjax", False)
