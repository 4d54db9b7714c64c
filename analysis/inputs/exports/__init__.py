"""Exports of news databases: one file, many articles, each with what the database knows about it.

They are recognised by their shape, whatever the file is called, in any kind of file that contains text.

    records     what all share: labels as data, dates, rights, authors
    nexis       LexisNexis (Academic) and Nexis Uni, as lines
    factiva     Factiva and Dow Jones: fields with codes, articles without, XML
    proquest    ProQuest, as text
    europresse  Europresse, as a page
    markup      the lines of a page
"""

from __future__ import annotations

import re

from analysis.inputs.exports.europresse import europresse_kind, find_europresse
from analysis.inputs.exports.factiva import factiva_kind, find_factiva, find_factiva_page
from analysis.inputs.exports.markup import as_text, html_lines
from analysis.inputs.exports.nexis import find_nexis
from analysis.inputs.exports.proquest import find_proquest
from analysis.inputs.exports.records import Export, Piece, as_unbroken, labels

__all__ = [
    "Export",
    "Piece",
    "as_unbroken",
    "find_export",
    "find_export_in_page",
    "has_labels",
    "is_label",
    "names_only_a_database",
]

# What only pages by each database have.
_PAGE_SIGNS = re.compile(
    r"<DOCFULL>|NAME=\"DOC_ID_|class=[\"']?(?:article \w\wArticle|[\w ]*articleParagraph|[\w ]*DocPublicationName)"
    r"|<title>\s*(?:Dow Jones )?Factiva\b|ProQuest document ID|>\s*End of Document\s*<",
    re.I,
)
# How a line begins that every export of each kind has; other texts are scanned once, and quickly.
_SIGNS = re.compile(
    r"^[ \t]*+(?:(?P<proquest>full text:|full text[ \t]*$|proquest document id:|report information from proquest)"
    r"|(?P<nexis>(?:[a-z]{1,12} - )?(?:do[ck]ument[oe]? )?\d{1,6} (?:of|von|de|van|di|sur) \d|job number:|"
    r"load-date:|end of doc|"
    r"ende des dok|dokumentende|fin del? doc|fin du doc|einde van doc|body[ \t]*$|text[ \t]*$)"
    r"|(?P<factiva>HD(?!\w)|do[ck]umento? [a-z][a-z0-9]{3,9}0\d{5}))",
    re.I | re.M,
)


def find_export(text: str) -> Export | None:
    """The articles of an export, given as plain text or taken from a Word or RTF file; None for any other text.

    >>> find_export("The vote may be delayed.") is None
    True
    >>> export = find_export("HD\\nA vote\\nPD\\n3 May 2031\\nSN\\nThe Invented Post\\nLP\\nIt may be late.\\n")
    >>> export.kind, export.pieces[0].record["title"], export.pieces[0].text
    ('Factiva (fields with codes)', 'A vote', 'It may be late.')
    """
    text = text.replace("\xa0", " ").replace("\f", "\n")
    signs = {found.lastgroup for found in _SIGNS.finditer(text)}
    return (
        (find_proquest(text) if "proquest" in signs else None)
        or (find_nexis(text) if signs & {"nexis", "proquest"} else None)
        or (find_factiva(text) if "factiva" in signs else None)
    )


def find_export_in_page(page: str) -> Export | None:
    """The articles of an export as an HTML page; None for any other page."""
    if not _PAGE_SIGNS.search(page):
        return None
    return (
        find_europresse(html_lines(page, europresse_kind))
        or find_factiva_page(html_lines(page, factiva_kind))
        or find_export(as_text(html_lines(page)))
    )


def has_labels(text: str) -> bool:
    """Could a text be an export? This rules out other texts quickly."""
    return _SIGNS.search(text.replace("\xa0", " ")) is not None


def is_label(line: str) -> bool:
    """Does a line show a recogniser where an article begins or ends?

    >>> is_label("End of Document"), is_label("2 of 10 DOCUMENTS"), is_label("Page 2 of 10")
    (True, True, False)
    """
    return _SIGNS.match(line) is not None


def names_only_a_database(text: str) -> str | None:
    """The database that a text of a few words names, if it contains nothing else; None for any other text.

    >>> names_only_a_database("LexisNexis Uni Test"), names_only_a_database("Nexis sued Factiva, a court said.")
    ('LexisNexis', None)
    """
    words = text.split()
    if len(words) > 6 or text.rstrip().endswith((".", "!", "?", "”", '"')):
        return None
    names = labels()["databases"]["names"]
    return next((name for name in names if name.casefold() in " ".join(words).casefold()), None)
