"""The paste-and-read page inside JupyterLab, opened on the articles of a folder."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from analysis.inputs.loading import load_articles, read_article
from analysis.outputs import Output, check_outputs, is_page, write_whole
from analysis.reading.frame import SANDBOX, STYLE
from analysis.sourcing.voices import is_word
from analysis.text.article import Article
from analysis.text.escaping import NO_FORMULAS, escape_html
from analysis.text.segmentation import segment

PAGE = "close-reading.html"  # `make page` builds it, and `make lab` puts it next to the notebooks
SHOWN = "close-reading-with-articles.html"
HEAD_ENDS = "</head>"
ARTICLES = (".txt", ".md", ".docx", ".pdf", ".html")

# A page that JupyterLab serves as a file is not allowed to save files. So once the frame knows its address, we put the
# page itself into it.
SCRIPT = """<script>
for (const frame of document.querySelectorAll("iframe.close-reading[data-explore]")) {
  frame.addEventListener("load", async () => {
    const answer = await fetch(frame.src);
    if (answer.ok) frame.srcdoc = await answer.text();
  }, { once: true });
}
</script>"""


class Explored:
    """The page as a notebook shows it; a sentence if it cannot be shown, and as the plain text."""

    def __init__(self, sentence: str, file: str = "") -> None:
        self.sentence, self.file = sentence, file

    def _repr_html_(self) -> str:
        said = f"<p>{escape_html(self.sentence)}</p>"
        if not self.file:
            return f"<div {NO_FORMULAS}>{said}</div>"
        address = escape_html(self.file)
        return (
            f'<div {NO_FORMULAS}>{STYLE}<iframe class="close-reading" data-explore title="Paste and read" '
            f'sandbox="{SANDBOX}" src="{address}"></iframe>{said}{SCRIPT}</div>'
        )

    def __repr__(self) -> str:
        return self.sentence


def explore(folder: str | Path = ".", *, page: str | Path = PAGE) -> Explored:
    """Open the paste-and-read page in a notebook, with the articles of a folder (or a file) in it.

    `page` is the page that `make page` builds. A copy with the articles is written into the notebook's own folder,
    since JupyterLab shows nothing from elsewhere; nothing is sent anywhere. Without the page, the result says how to
    build it. Raises ArticleError if no article can be read, and Refused if the copy would replace a file that is not
    one.
    """
    articles = load_articles(folder)
    what = f"{len(articles)} article{'s' * (len(articles) != 1)} of {Path(folder).as_posix()}"
    built = Path(page)
    if not built.is_file():
        return Explored(
            f"{built.as_posix()}, which shows {what}, has not been built here: "
            "run `make page` in the project’s folder, then `make lab`."
        )
    check_outputs([Output(SHOWN, is_page)], [folder, built])
    write_whole(SHOWN, with_articles(built.read_text("utf-8"), articles).encode())
    return Explored(f"{what}; the page is {SHOWN}, next to this notebook.", SHOWN)


def articles_in(*folders: str | Path) -> pd.DataFrame:
    """The articles in some folders, one row each: path, title, outlet and words. Files that are not articles are left
    out.

    >>> articles_in(Path(__file__).parents[1] / "seeds/teaching")["title"].iloc[0]
    'Ellerquay footbridge closed after crack is found'
    """
    rows = []
    for path in (path for folder in folders for path in sorted(Path(folder).iterdir())):
        if path.suffix in ARTICLES and path.stem.lower() != "readme":
            article = read_article(path)
            words = sum(map(is_word, segment(article).tokens.words))
            rows.append((path.as_posix(), article.title, article.outlet, words))
    return pd.DataFrame(rows, columns=["path", "title", "outlet", "words"])


def with_articles(page: str, articles: Iterable[Article]) -> str:
    """The page (HTML) with the articles in a block of JSON, where its script looks for them (`articlesGiven`).

    >>> html = with_articles("<head></head>", [Article("It </script> may rain.", doc_id="rain")])
    >>> html[:59], html.count("</script>")
    ('<head><script type="application/json" id="articles-given">[', 1)
    """
    given = [
        {
            "name": a.doc_id,
            "title": a.title or "",
            "outlet": a.outlet or "",
            "date": str(a.published or ""),
            "text": a.text,
        }
        for a in articles
    ]
    block = json.dumps(given).replace("<", "\\u003c")  # so that no text can end the block
    head, end, rest = page.partition(HEAD_ENDS)
    return f'{head}<script type="application/json" id="articles-given">{block}</script>{end}{rest}'
