"""How Sphinx builds the documentation. `tools/build_docs.py` gathers the pages, and calls it."""

import re

from analysis import __version__ as release

project = "Close reading of the news"
author = "The close-reading-news authors"
copyright = author
html_title = f"{project} {release}"
language = "en"

extensions = ["myst_parser", "sphinx.ext.autodoc"]
myst_enable_extensions = ["attrs_inline", "colon_fence", "deflist"]
myst_heading_anchors = 4  # links such as people.md#how-the-article-knows are checked
myst_links_external_new_tab = False
default_role = "code"
smartquotes = False  # quotation marks stay as they were written
highlight_language = "text"  # else commands and articles are coloured as Python

autodoc_typehints_format = "short"
autodoc_member_order = "bysource"
add_module_names = False
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 90

html_theme = "furo"
html_static_path = ["static"]
html_css_files = ["docs.css"]
html_js_files = ["rules.js"]
html_copy_source = False
html_show_sphinx = False
html_last_updated_fmt = None
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"


def plain(app, what, name, obj, options, lines):
    """Docstrings are prose with `code` and examples: nothing else in them is markup, so an asterisk stays one."""
    in_example = False
    for k, line in enumerate(lines):
        in_example = (in_example and bool(line.strip())) or line.lstrip().startswith(">>>")
        if not in_example:
            parts = re.split(r"(``.+?``|`[^`]+`)", line)
            parts[::2] = [re.sub(r"(\*|\||(?<=\w)_(?=\W|$))", r"\\\1", part) for part in parts[::2]]
            lines[k] = "".join(parts)


def setup(app):
    """Called by Sphinx."""
    app.connect("autodoc-process-docstring", plain)
