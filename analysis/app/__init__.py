"""The paste-and-read page: what its worker asks Python to do, in plain data, so that it runs in a browser.

    session     the articles that are open: read, correct, undo, compare, save
    language    is this English at all?
    correcting  the marks at a place, and what a person changes in them
    panels      the views under the text: voices, names, numbers, the ruler of probability, words in context, and
                two articles in counts
    tables      rows for the tables that can be saved

Everything here imports only the standard library. `tools/build_page.py` puts it into one file, with Python and the
contents of `analysis/resources/app/`.
"""

from analysis.app.session import Session

__all__ = ["Session"]
