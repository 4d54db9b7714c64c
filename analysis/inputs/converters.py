"""Kinds of file that are not read, and how to turn each into one that is."""

from __future__ import annotations

_UNPACK = "unpack it first, then give the folder"
_PICTURE = "a picture; run text recognition on it first (tesseract FILE out), then give out.txt"
_SUBTITLES = "subtitles; save them as plain text (Subtitle Edit: File, Export, Plain text), then give the .txt file"
_WORD = "an old Word file; save it as .docx (in Word or LibreOffice, or soffice --headless --convert-to docx FILE)"
_SHEET = "another kind of workbook; save it as .xlsx (or soffice --headless --convert-to xlsx FILE)"
_WEB_ARCHIVE = "a web archive; extract its pages as .html (warcio extract --payload FILE OFFSET > page.html)"

WAYS = {
    ".doc": _WORD,
    ".dot": _WORD,
    ".docm": "a Word file with macros; save it as .docx, which has none",
    ".wpd": _WORD.replace("an old Word file", "a WordPerfect file"),
    ".wps": _WORD.replace("an old Word file", "a Works file"),
    ".pages": "a Pages file; export it as .docx",
    ".fodt": "a flat document; save it as .odt",
    ".xls": _SHEET,
    ".xlsb": _SHEET,
    ".xlsm": "a workbook with macros; save it as .xlsx, which has none",
    ".ods": _SHEET,
    ".numbers": "a Numbers file; export it as .xlsx",
    ".epub": "an e-book; convert it to text (pandoc FILE -t plain --wrap=none -o out.txt), then give out.txt",
    ".mobi": "an e-book; convert it to text (ebook-convert FILE out.txt, from Calibre), then give out.txt",
    ".srt": _SUBTITLES,
    ".vtt": _SUBTITLES,
    ".warc": _WEB_ARCHIVE,
    ".warc.gz": _WEB_ARCHIVE,
    ".webarchive": "a page saved by Safari; save it as page source (.html)",
    ".msg": "an Outlook e-mail; save it as .eml (or msgconvert FILE)",
    ".gz": "compressed with gzip, but the name does not say what is in it; give it a name such as articles.csv.gz",
    ".tar": _UNPACK,
    ".tar.gz": _UNPACK,
    ".tgz": _UNPACK,
    ".7z": _UNPACK,
    ".rar": _UNPACK,
    ".bz2": _UNPACK,
    ".xz": _UNPACK,
    ".png": _PICTURE,
    ".jpg": _PICTURE,
    ".jpeg": _PICTURE,
    ".tif": _PICTURE,
    ".tiff": _PICTURE,
}


def way(name: str) -> str | None:
    """What to do with a file of a kind that is not read, by its name; None for unknown kinds.

    >>> way("old.DOC").partition(";")[0], way("a.xyz")
    ('an old Word file', None)
    """
    low = name.lower()
    endings = [ending for ending in WAYS if low.endswith(ending)]
    return WAYS[max(endings, key=len)] if endings else None
