"""What a notebook shows of a document: the whole page in a frame, and the inline fragment if the frame is removed.

A trusted notebook keeps the frame, which is sealed off: scripts run in it, but it can reach neither the notebook nor
the network. An untrusted notebook loses the frame, and with it the style sheet that hides the fragment.
"""

from __future__ import annotations

from analysis.reading.inline import reading_html
from analysis.reading.page import framed_page, title_of
from analysis.text.document import Document
from analysis.text.escaping import NO_FORMULAS, escape_html

# An attribute of JupyterLab's body says which theme it has; on paper, only the fragment can be read in full.
STYLE = """<style>
iframe.close-reading { width: 100%; height: min(80vh, 46rem); border: 1px solid rgba(128, 128, 128, 0.5);
  border-radius: 4px; resize: vertical; }
iframe.close-reading ~ .close-reading-plain { display: none; }
body[data-jp-theme-light="false"] iframe.close-reading { color-scheme: dark; }
body[data-jp-theme-light="true"] iframe.close-reading { color-scheme: light; }
@media print {
  iframe.close-reading { display: none; }
  iframe.close-reading ~ .close-reading-plain { display: block; }
}
</style>"""
SANDBOX = "allow-scripts allow-downloads allow-modals"


def reading_frame(document: Document) -> str:
    """An annotated document as HTML for a notebook, trusted or not.

    >>> from analysis import annotate
    >>> html = reading_frame(annotate("It may rain."))
    >>> html.count("<iframe"), html.count('class="close-reading-plain"')
    (1, 1)
    """
    title = escape_html(f"Text with marks: {title_of(document)}")
    page = escape_html(framed_page(document))
    return (
        f"<div {NO_FORMULAS}>{STYLE}"
        f'<iframe class="close-reading" title="{title}" sandbox="{SANDBOX}" srcdoc="{page}"></iframe>'
        f'<div class="close-reading-plain">{reading_html(document)}</div></div>'
    )
