"""Bytes to text: UTF-8 first, then what a byte order mark says, then an encoding that is likely enough to trust."""

from __future__ import annotations

import codecs
import re
import warnings

from analysis.text.article import ArticleError, ArticleWarning
from analysis.text.language import count_words, shows_english

MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}  # UTF-32 before UTF-16: same beginning
WESTERN = "cp1252"  # nearly always the encoding of English text that is not UTF-8
CHAOS = 0.1  # charset-normalizer's share of unlikely characters; above this, no reading is trusted
MARGIN = 0.1  # by how much the likeliest reading must lead, unless it is the western one
SAMPLE = 1_000_000  # how many bytes are examined
SHORTEST = 40  # in bytes; shorter texts show nothing
FEW = 0.03  # with up to this share of accented letters, a text may be English with some such names
MORE = 0.04  # share of a text that reads as English

# Where they occur in English and the names in it: a small letter next to plain ones, a capital at the start of a word,
# marks and signs where text has them. What other encodings have for the same bytes (a Polish ł is ³ here, ć is æ, the
# curly quotation marks of a Macintosh are Ò and Ó) occurs elsewhere.
_WESTERN = re.compile(
    r"(?<=[A-Za-z])(?:æ(?=[a-z])|[à-åç-ïñ-öø-üßšž](?![^\W_a-zA-Z]))"
    r"|(?<![^\W_])(?:[à-ïñ-öø-ü](?=[A-Za-z])|[ÀÁÄÅÆÇÉÍÖØÜ](?=[a-z])|[“‘](?=[‘A-Za-z0-9£$…]))"
    r"|(?<=[A-Za-zà-öø-ü0-9.,!?…—’%)\]])[’”]|[«»](?=[A-Za-z0-9])|(?<=[A-Za-z0-9.,!?…])[«»]"
    r"|(?<= )à(?= )|[£€](?=\d)|(?<=\d)[°½¼¾]|(?<=\d )€|(?<=\d)×(?=\d)|[©§](?= ?\d)|(?<=[A-Za-z])[®™]|[–—…•\xa0]"
)

_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.I)


def decode(raw: bytes, *, file: str, declared: str | None = None) -> tuple[str, str]:
    """The text of `raw` without its byte order mark, and the name of its encoding.

    `declared` is the encoding that the file itself states (an HTML page), which is used if the bytes are not UTF-8.
    Raises ArticleError with file and line if no encoding is likely enough.

    >>> decode("Zürich".encode(), file="a.txt")
    ('Zürich', 'utf-8')
    """
    marked = marked_encoding(raw) or unmarked_utf16(raw[:SAMPLE])
    try:
        return raw.decode(marked or "utf-8"), (marked or "utf-8").removesuffix("-sig")
    except UnicodeDecodeError as error:
        bad = error
    if declared and not marked:
        try:
            if not codecs.lookup(declared).name.endswith("escape"):  # a way to write programs, not an encoding of text
                return raw.decode(declared), declared
        except (UnicodeError, LookupError):
            pass
    encoding = None if marked else detect(raw[:SAMPLE])
    if encoding:
        try:
            return raw.decode(encoding), encoding
        except UnicodeDecodeError:
            pass
    line = raw.count(b"\n", 0, bad.start) + 1
    raise ArticleError(
        f"byte {bad.start} (0x{raw[bad.start]:02x}) is not {(marked or 'UTF-8').upper()}; "
        "save the file as UTF-8, or remove it if it is not text",
        file=file,
        row=line,
    ) from bad


# The first bytes of files that are not text, whatever their name says.
BINARY = {
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "a zip, a Word or an Excel file",
    b"\xd0\xcf\x11\xe0": "an old Word or Excel file (.doc, .xls)",
    b"PAR1\x15": "a Parquet file",
    b"{\\rtf": "an RTF file",
    b"\x1f\x8b": "a file compressed with gzip",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
}


def check_is_text(raw: bytes, *, file: str) -> None:
    """Raises ArticleError if the first bytes show that this is a different kind of file."""
    kind = next((kind for start, kind in BINARY.items() if raw.startswith(start)), None)
    if kind:
        raise ArticleError(
            f"this is {kind}, not text, whatever its name says; give it the right ending, or save it as text (a "
            f"table as CSV)",
            file=file,
        )


def tell_of_guess(encoding: str, *, file: str) -> None:
    """Warn that a file was read in an encoding that it does not state itself."""
    warnings.warn(
        f"{file}: not UTF-8; read as {encoding}, which fits its bytes best. If letters look wrong, save it as UTF-8",
        ArticleWarning,
        stacklevel=3,
    )


def marked_encoding(raw: bytes) -> str | None:
    """The encoding that a byte order mark at the start of `raw` gives, if there is one."""
    return next((name for mark, name in MARKS.items() if raw.startswith(mark)), None)


def unmarked_utf16(raw: bytes) -> str | None:
    """UTF-16 without a byte order mark, which shows in English because every second byte is NUL.

    >>> unmarked_utf16("It may rain.".encode("utf-16-be"))
    'utf-16-be'
    """
    even, odd = raw[::2].count(0), raw[1::2].count(0)
    enough = len(raw) // 4  # half of the characters: the rest may be typographic, or from another script
    if odd > enough and not even:
        return "utf-16-le"
    return "utf-16-be" if even > enough and not odd else None


def declared_encoding(raw: bytes) -> str | None:
    """The encoding that an HTML page declares in its first kilobytes."""
    match = _META.search(raw[:4096])
    return match[1].decode("ascii").lower() if match else None


_LANG = re.compile(r"<html\b[^>]{0,500}?\blang\s*=\s*[\"']?([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*)", re.I)


def declared_language(page: str) -> str | None:
    """The code of the language that an HTML page says it is in.

    >>> declared_language('<!DOCTYPE html><html class="no-js" lang="de-AT"><body>')
    'de-AT'
    """
    match = _LANG.search(page[:20_000])
    return match[1] if match else None


def detect(raw: bytes) -> str | None:
    """The likely encoding of bytes that are not UTF-8; None unless one reading clearly leads.

    charset-normalizer ranks the readings by how many unlikely characters they have and how well their letters fit a
    language. A reading is trusted if it fits a language and no other reading fits as well; for encodings outside
    western Europe it must lead by MARGIN, since these differ in few letters. English with a few such letters ("café",
    "Zürich") fits a dozen encodings equally well; it is read as the western one if each of these letters is in a place
    where words have it.

    >>> detect("“It may rain,” she said — the café’s owner didn’t agree.".encode("cp1252"))
    'cp1252'
    """
    if len(raw) >= SHORTEST and _is_western(raw):
        return WESTERN
    from charset_normalizer import from_bytes  # only for the files that need it

    readings = [r for r in from_bytes(raw) if r.chaos <= CHAOS]
    if not readings or len(raw) < SHORTEST:
        return None
    best = readings[0]
    names = best.could_be_from_charset
    if best.encoding.startswith(("utf_16", "utf_32")):
        return best.encoding.replace("_", "-")
    lead = best.coherence - max((r.coherence for r in readings[1:]), default=0.0)
    if best.coherence > 0 and lead > (0 if WESTERN in names else MARGIN):
        return WESTERN if WESTERN in names else best.encoding
    return None


def _is_western(raw: bytes) -> bool:
    """English in the western encoding, with every byte beyond ASCII in a place where text has such a letter or mark."""
    try:
        text = raw.decode(WESTERN)
    except UnicodeDecodeError:
        return False
    beyond = re.findall(r"[^\x00-\x7f]", text)
    letters = sum(map(str.isalpha, beyond))
    few = letters <= max(FEW * len(text), 3) or (letters <= MORE * len(text) and shows_english(count_words(text)))
    return few and len(_WESTERN.findall(text)) == len(beyond) > 0
