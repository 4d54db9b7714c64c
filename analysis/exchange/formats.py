"""The formats: one record each, with what it carries. `carries_table` turns them into the table of docs/formats.md.

To add a format, add its module, with `write` and `read`, and its record here.
"""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from analysis.exchange import brat, cas, conllu, docbin, label_studio, parc, prodigy, tei, w3c, webanno
from analysis.exchange.files import MOST, checked_xml, read_bytes
from analysis.exchange.model import ExchangeError, MarkedText
from analysis.text.article import ArticleError
from analysis.text.zips import UNOPENED

Writer = Callable[[Iterable[MarkedText]], Iterator[tuple[str, bytes]]]
Reader = Callable[[Path], Iterator[MarkedText]]
TIED = "as several, tied together"


class Format(NamedTuple):
    """A format of other people's tools: how it is written and read, and what it carries.

    `files` are the files it writes, `suffix` the ending of the files it reads. `counts` is what offsets count. `pieces`
    says how it represents a mark of several pieces, `details` where it keeps what a mark has besides layer and label
    (rule, strength, entity ...), `whole` where it keeps what is known about the whole text (entities, encoding). `lost`
    is what does not come back; `parts` are the layers that it has, None for all.
    """

    name: str
    title: str
    write: Writer
    read: Reader
    files: str
    suffix: str
    counts: str
    pieces: str
    details: str
    whole: str
    lost: str
    needs: str
    parts: tuple[str, ...] | None = None


ALL = (
    Format(
        "w3c", "W3C Web Annotation (JSON-LD)", w3c.write, w3c.read, "NAME.txt, NAME.jsonld", w3c.SUFFIX,
        "characters", "as one, with several targets", "a body in JSON", "an annotation of the whole text", "nothing",
        "nothing more",
    ),
    Format(
        "webanno", "WebAnno TSV 3.3 (INCEpTION)", webanno.write, webanno.read, "NAME.tsv", webanno.SUFFIX,
        "16-bit units", TIED, "a feature, in JSON", "a separate mark on the first word", "nothing", "nothing more",
    ),
    Format(
        "cas", "UIMA CAS XMI (INCEpTION)", cas.write, cas.read, "NAME.xmi, TypeSystem.xml", cas.SUFFIX,
        "16-bit units", TIED, "a feature, in JSON", "an annotation of the whole text", "nothing", "dkpro-cassis",
    ),
    Format(
        "cas-json", "UIMA CAS JSON (INCEpTION)", cas.write_json, cas.read_json, "NAME.json", cas.JSON_SUFFIX,
        "16-bit units", TIED, "a feature, in JSON", "an annotation of the whole text", "nothing", "dkpro-cassis",
    ),
    Format(
        "brat", "brat standoff", brat.write, brat.read, "NAME.txt, NAME.ann, annotation.conf", brat.SUFFIX,
        "characters", "as one", "a note, in JSON", "notes of the first mark and of each first mention",
        "what is known about a text without marks", "nothing more",
    ),
    Format(
        "label-studio", "Label Studio JSON", label_studio.write, label_studio.read, "tasks.json, labels.xml",
        label_studio.SUFFIX, "characters", TIED, "the region's meta text, in JSON", "the task's data", "nothing",
        "nothing more",
    ),
    Format(
        "prodigy", "Prodigy JSONL", prodigy.write, prodigy.read, "marks.jsonl", prodigy.SUFFIX, "characters", TIED,
        "separate fields", "a separate field", "nothing", "nothing more",
    ),
    Format(
        "docbin", "spaCy DocBin", docbin.write, docbin.read, "marks.spacy", docbin.SUFFIX, "characters",
        "as several spans with one id", "user data", "user data", "nothing", "spaCy",
    ),
    Format(
        "conllu", "CoNLL-U", conllu.write, conllu.read, "NAME.conllu", conllu.SUFFIX, "nothing: it has no offsets",
        "as one", "comments, in JSON", "a comment, in JSON", "nothing", "conllu to read",
    ),
    Format(
        "tei", "TEI P5", tei.write, tei.read, "NAME.xml", tei.SUFFIX, "nothing: it has no offsets", TIED,
        "feature structures", "feature structures", "nothing", "lxml",
    ),
    Format(
        "parc", "XML of PARC 3", parc.write, parc.read, "NAME.txt, NAME.xml", parc.SUFFIX, "bytes", "as one",
        "nowhere", "nowhere",
        "all except source, cue and content: labels, details, parents and other parts of attributions; hedges, names",
        "lxml", ("source", "cue", "content"),
    ),
)  # fmt: skip
FORMATS = {record.name: record for record in ALL}


def carries_table() -> str:
    """What each format carries, as a table in Markdown."""
    columns = (
        "format",
        "`--to`, `--from`",
        "files",
        "offsets count",
        "a mark of several pieces",
        "details",
        "whole text",
    )
    rows = [(*columns, "what does not come back", "needs")]
    rows.append(("---",) * len(rows[0]))
    for f in ALL:
        files = ", ".join(f"`{name}`" for name in f.files.split(", "))
        rows.append((f.title, f"`{f.name}`", files, f.counts, f.pieces, f.details, f.whole, f.lost, f.needs))
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


# ---------------------------------------------------------------- reading


def format_of(path: Path) -> Format:
    """The format of a file, by its name and, if formats share an ending, by its content. Raises ExchangeError."""
    name = path.name.lower()
    if name.endswith(tei.SUFFIX):
        return FORMATS["tei" if tei.NS.encode() in checked_xml(path)[:5000] else "parc"]
    if name.endswith(".json"):
        return FORMATS["cas-json" if b"%TYPES" in read_bytes(path)[:5000] else "label-studio"]
    for record in ALL:
        if name.endswith(record.suffix):
            return record
    allowed = ", ".join(dict.fromkeys(record.suffix for record in ALL))
    raise ExchangeError(f"not in a known format; name the format, or give a file ending in {allowed}", file=str(path))


def read_texts(path: str | Path, name: str | None = None) -> Iterator[MarkedText | ExchangeError]:
    """The marked texts in a file, folder or zip, with an error in place of anything that cannot be read.

    `name` is the name of the format; without it, the format of each file is detected. A zip is what INCEpTION exports:
    its files are read like those of a folder.
    """
    path = Path(path)
    if name is not None and name not in FORMATS:
        raise ExchangeError(f"{name!r} is not a format; use one of {', '.join(FORMATS)}")
    if not (path.is_file() or path.is_dir()):
        yield ExchangeError("no such file or folder; check the spelling", file=str(path))
        return
    if path.is_file() and zipfile.is_zipfile(path):
        with tempfile.TemporaryDirectory() as folder:
            try:
                _unpack(path, Path(folder))
            except ExchangeError as error:
                yield error
                return
            for item in read_texts(folder, name):
                yield _in_zip(item, path, folder) if isinstance(item, ExchangeError) else item
        return
    if not path.is_dir():
        yield from _read(path, name)
        return
    files = _files(path, name)
    if not files:
        suffixes = FORMATS[name].suffix if name else ", ".join(dict.fromkeys(f.suffix for f in ALL))
        yield ExchangeError(f"no file in this folder ends in {suffixes}", file=str(path))
    for file in files:
        yield from _read(file, name)


def _in_zip(error: ExchangeError, path: Path, folder: str) -> ExchangeError:
    """An error in a file of a zip, which names the zip instead of the folder that it was unpacked to."""
    inside = str(error.file or "").removeprefix(folder).strip("/\\")
    return ExchangeError(error.reason, file=f"{path}: {inside}" if inside else str(path), row=error.row)


def _files(folder: Path, name: str | None) -> list[Path]:
    """The files in a folder that contain marks, in the order of their names: those of the formats, without accompanying
    files.
    """
    suffixes = (FORMATS[name].suffix,) if name else tuple(f.suffix for f in ALL)
    beside = (cas.TYPES.lower(), "labels.xml", "export.json")
    return sorted(
        file
        for file in folder.iterdir()
        if file.is_file()
        and file.name.lower().endswith(suffixes)
        and file.name.lower() not in beside
        and not file.name.startswith(".")
    )


def _read(path: Path, name: str | None) -> Iterator[MarkedText | ExchangeError]:
    try:
        record = FORMATS[name] if name else format_of(path)
        yield from record.read(path)
    except ExchangeError as error:
        yield error if error.file else ExchangeError(error.reason, file=str(path), row=error.row)
    except ArticleError as error:
        yield ExchangeError(error.reason, file=str(path), row=error.row)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError, RecursionError) as error:
        yield ExchangeError(
            f"contains something that this format does not allow there ({type(error).__name__}: {str(error)[:120]}); "
            f"export it again",
            file=str(path),
        )


def _unpack(path: Path, folder: Path) -> None:
    """Unpack the files of a zip into a folder, without subfolders. Raises ExchangeError for a zip that is damaged or
    too large.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = [m for m in archive.infolist() if not m.is_dir()]
            if sum(m.file_size for m in members) > MOST or len(members) > 10_000:
                raise ExchangeError(f"a zip of more than {MOST // 1_000_000} MB; export fewer texts", file=str(path))
            for member in members:
                name = PurePosixPath(member.filename.replace("\\", "/")).name
                if name:
                    with archive.open(member) as source:
                        (folder / name).write_bytes(source.read(MOST))
    except UNOPENED as error:
        raise ExchangeError(f"a zip that cannot be opened ({error})", file=str(path)) from error
