"""Texts that were damaged before they got here: we report the damage and change nothing unless asked.

UTF-8 that was read as Windows-1252 is repaired on request, by ftfy (Speer 2019), and the article records the repair.
"""

from __future__ import annotations

import re
import warnings
from typing import NamedTuple

from analysis.inputs.markup import first_markup, plain_text
from analysis.inputs.metadata import NOTHING
from analysis.inputs.options import ReadOptions
from analysis.text.article import ArticleError, ArticleWarning, one_line
from analysis.text.unseen import has_markup

# The bytes 80 to BF as Windows-1252 shows them, or as control characters if it has no character for them.
_NEXT = "[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
_MISREAD = re.compile(
    f"[ÂÃ]{_NEXT}+|â[€\x80][^\\s\\w]?|â[\x81-\x9f‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]{_NEXT}|ð[Ÿ\x9f]{_NEXT}{{2}}|ï(?:»¿|¿½)|‚Ä[ôúùîìò]"
)
_CONTROLS = re.compile("[\x80-\x84\x86-\x9f]")
_MISSING = re.compile(r"\[\+(\d+) chars\]\s*\Z")
_OPEN_END = re.compile(r"(?:\.\.\.|…)[\])]?\s*\Z|\[(?:…|\.\.\.)\]\s*\Z")
_MORE = re.compile(
    r"(?:^|\n|[.…] ?)(?P<more>(?:read more|continue reading|read the full (?:story|article))[^\n.]{0,40}?)[ .…»→>]*\Z",
    re.I,
)
LOST = "\ufffd"  # the sign for a character that nobody could read


class Whole(NamedTuple):
    """A text after it was checked, and what repaired it, if anything did."""

    text: str
    repaired: str | None = None


def looked_over(text: str, *, file: str, options: ReadOptions, row: int | None = None, keep: bool = False) -> Whole:
    """The text of an article, with a warning for each kind of damage.

    With `keep` it stays the same to the character, including markup; otherwise markup is read as text. Raises
    ArticleError for a text that says that the text is missing ("nan", "[Removed]").
    """
    if text.strip().lower() in NOTHING:
        raise ArticleError(
            f"the text is {one_line(text.strip())!r}, which means that it is missing; get the text, or leave it out",
            file=file,
            row=row,
        )
    where = file if row is None else f"{file}:{row}"
    text, repaired = _encoding(text, where, options)
    if has_markup(text):
        (at, piece), plain = first_markup(text), text if keep else plain_text(text)
        if not plain:
            raise ArticleError("it contains markup but no text; give an article with words", file=file, row=row)
        how = "the rules skip it, and the text stays as it is" if keep else "removed when the text was read"
        _tell(f"{where}: markup in the text (the first at character {at:,}: {one_line(piece[:40])!r}); {how}")
        text = plain
    _tell_lost(text, where)
    if problem := cut_off(text):
        _tell(f"{where}: {problem}")
    return Whole(text, repaired)


def metadata_looked_over(metadata: dict[str, str], *, where: str, options: ReadOptions) -> dict[str, str]:
    """Metadata, with their damage repaired or reported."""
    if all(map(str.isascii, metadata.values())):
        return metadata
    return {name: _encoding(value, f"{where}: {name}", options).text for name, value in metadata.items()}


def cut_off(text: str) -> str | None:
    """Why a text has probably lost its end; None if nothing suggests it.

    >>> cut_off("The vote may be late… [+2034 chars]")
    'the service that the text comes from cut it off: 2,034 characters are missing; get the whole article'
    >>> cut_off("The vote may be late.") is None
    True
    """
    if match := _MISSING.search(text):
        return (
            f"the service that the text comes from cut it off: {int(match[1]):,} characters are missing; get the "
            "whole article"
        )
    end = text[-200:].rstrip()
    match = _OPEN_END.search(end) or _MORE.search(end)
    if match:
        shown = (match.groupdict().get("more") or match[0]).strip()
        return f"the text ends in {shown!r}: it may be cut off; check whether the article continues"
    return None


def _encoding(text: str, where: str, options: ReadOptions) -> Whole:
    """The text, repaired if the reader asked for it; otherwise with a warning if UTF-8 was read as Windows-1252."""
    if text.isascii():
        return Whole(text)
    places = [match.span() for match in _MISREAD.finditer(text)]
    controls = _CONTROLS.search(text)
    if not places and not controls:
        return Whole(text)
    if options.repair:
        whole = _repaired(text, where)
        if whole is not None:
            return whole
    if places:
        start, end = places[0]
        word = text[max(0, start - 6) : end + 6].split()
        shown = next((part for part in word if text[start] in part), text[start:end])
        number = f"{len(places):,} place{'s' * (len(places) > 1)}"
        _tell(
            f"{where}: UTF-8 that was read as Windows-1252, in {number} (the first at character {start:,}: "
            f"{one_line(shown)!r}); repair it with --repair, or save the text again as UTF-8"
        )
    elif controls:
        _tell(
            f"{where}: control characters where quotation marks or dashes were (the first at character "
            f"{controls.start():,}); repair it with --repair, or save the text again as UTF-8"
        )
    return Whole(text)


def _repaired(text: str, where: str) -> Whole | None:
    try:
        import ftfy
    except ImportError as error:
        raise ArticleError(
            "--repair needs ftfy, which is not installed: run `make setup`, or pip install "
            "'close-reading-news[inputs]'",
            file=where,
        ) from error
    whole = "".join(ftfy.fixes.fix_c1_controls(ftfy.fix_encoding(line)) for line in re.split(r"(?<=\n)", text))
    if whole == text or not whole.strip():
        return None
    _tell(f"{where}: UTF-8 that was read as Windows-1252 was repaired (--repair, with ftfy {ftfy.__version__})")
    return Whole(whole, f"ftfy {ftfy.__version__}")


def _tell_lost(text: str, where: str) -> None:
    if number := text.count(LOST):
        lost = f"{number:,} character{'s were' if number > 1 else ' was'} lost before the text got here"
        _tell(f"{where}: {lost} (“{LOST}”, the first at character {text.index(LOST):,}); get the text again")


def _tell(message: str) -> None:
    warnings.warn(message, ArticleWarning, stacklevel=4)
