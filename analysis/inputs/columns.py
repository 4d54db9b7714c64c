"""The names that producers give to columns and fields, and what each means.

Names are compared without capitals, spaces and the signs between words: "Publish Date", "publish_date" and
"publishDate" are one. Of several names for the same thing, the first in the list that is not empty is used.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable

from analysis.text.article import ArticleError, ArticleWarning, one_line

TEXT = (
    "text article_text full_text raw_text clean_text cleaned_text body content maintext article story main_text "
    "article_body body_text full_content story_text content_text "
    "plain_text body_html body_xhtml content_html paragraphs".split()
)
ABSTRACT = "description summary abstract snippet lead trail_text".split()  # used as the text if nothing else is there
ID = "doc_id id article_id uid guid text_name document_id text_id".split()
METADATA = {
    "title": (
        "title headline article_title web_title title_page main_headline document_title news_title story_title"
    ).split(),
    "outlet": (
        "outlet publication publication_name publication_title media_name newspaper news_outlet source_name "
        "media_title media source site_name meta_site_name source_hostname pub_title journal feed_name "
        "website publisher provider source_domain hostname domain media_url"
    ).split(),
    "byline": (
        "byline author authors author_name author_names by creator dc_creator writer reporter journalist bylines"
    ).split(),
    "published": (
        "published date publish_date date_publish published_at date_published publication_date publishing_date "
        "pub_date published_date web_publication_date publish_time published_time published_on first_published "
        "version_created first_created issued date_issued article_date posted_at post_date seen_date datetime timestamp"
    ).split(),
    "url": (
        "url link web_url canonical_link canonical_url article_url page_url document_url permalink address uri"
    ).split(),
    "licence": "licence license rights".split(),
    "language": "language lang".split(),
}


def fold(name: object) -> str:
    """A name in the form in which names are compared.

    >>> fold("Publish Date") == fold("publishDate") == fold("publish_date")
    True
    """
    return re.sub(r"[\W_]+", "", str(name)).lower()


SHOWN = 20  # the most columns that a warning lists
TEXTS = {fold(name): name for name in (*TEXT, *ABSTRACT)}
IDS = {fold(name): name for name in ID}
FIELDS = {field: [fold(name) for name in names] for field, names in METADATA.items()}
KNOWN = frozenset(name for names in FIELDS.values() for name in names)
ABSTRACTS = frozenset(map(fold, ABSTRACT))


def find_columns(names: Iterable[str], text: str | None, doc_id: str | None, *, file: str) -> tuple[str, str | None]:
    """The names of the text column and the id column (None if there is none); `text` and `doc_id` are names that the
    reader gave.

    Raises ArticleError, which lists the columns, if none of them holds the text.

    >>> find_columns(["Headline", "Article Text"], None, None, file="a.csv")
    ('Article Text', None)
    """
    names = [str(name) for name in names]
    folded = {fold(name): name for name in reversed(names)}
    found = []
    for given, usual in ((text, TEXTS), (doc_id, IDS)):
        if given is not None and given not in names:
            raise ArticleError(f"{given!r} is not a column; choose one of {', '.join(names[:30])}", file=file)
        found.append(given or next((folded[name] for name in usual if name in folded), None))
    if found[0] is None:
        raise ArticleError(
            f"no column for the text among {', '.join(names[:30]) or 'none'}: name one with --text-column, or call "
            f"it {TEXT[0]}",
            file=file,
        )
    for name in found:
        if name is not None and names.count(name) > 1:
            raise ArticleError(f"{names.count(name)} columns are called {name!r}; rename all except one", file=file)
    return found[0], found[1]


def unused(names: Iterable[object], *used: object) -> list[str]:
    """The columns that are not used for any part of an article.

    >>> unused(["text", "Date", "mood"], "text")
    ['mood']
    """
    return [str(name) for name in names if name not in used and fold(name) and fold(name) not in KNOWN]


def tell_columns(names: Iterable[object], *used: object, file: str) -> None:
    """Warn, once per file, about unused columns, and about a text that is probably only an abstract."""
    if used and fold(used[0]) in ABSTRACTS:
        warnings.warn(
            f"{file}: no column contains the whole text; {str(used[0])!r} is read instead, which is probably an "
            f"abstract: name the right one with --text-column",
            ArticleWarning,
            stacklevel=3,
        )
    others = unused(names, *used)
    if others:
        more = f" and {len(others) - SHOWN:,} more" if len(others) > SHOWN else ""
        listed = ", ".join(one_line(name[:60]) for name in others[:SHOWN])
        warnings.warn(f"{file}: unused columns: {listed}{more}", ArticleWarning, stacklevel=3)
