"""The formats: a record each, with what it carries. docs/formats.md has the table that `carries_table` makes of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from analysis.exchange import brat, cas, conllu, docbin, label_studio, parc, prodigy, tei, w3c, webanno
from analysis.exchange.model import MarkedText

Writer = Callable[[Iterable[MarkedText]], Iterator[tuple[str, bytes]]]
Reader = Callable[[Path], Iterator[MarkedText]]


class Format(NamedTuple):
    """A format of other people's tools: how it is written and read, and what it carries.

    `suffix` is the end of the names of the files that are read; `counts` what its offsets count.  `how` says how what
    it has no place of its own for is carried all the same, and `lost` what does not come back.
    """

    name: str
    title: str
    write: Writer
    read: Reader
    suffix: str
    counts: str
    how: str
    lost: str = ""
    attributions_only: bool = False

    def files(self, folder: Path) -> list[Path]:
        """The files of this format in a folder, in the order of their names."""
        return sorted(p for p in folder.iterdir() if p.name.endswith(self.suffix) and p.name != cas.TYPES)


ALL = (
    Format("w3c", "W3C Web Annotation (JSON-LD)", w3c.write, w3c.read, w3c.SUFFIX, "characters", ""),
    Format("webanno", "WebAnno TSV 3.3", webanno.write, webanno.read, webanno.SUFFIX, "16-bit units", ""),
    Format("cas", "UIMA CAS XMI", cas.write, cas.read, cas.SUFFIX, "16-bit units", ""),
    Format("cas-json", "UIMA CAS JSON", cas.write_json, cas.read_json, cas.JSON_SUFFIX, "16-bit units", ""),
    Format("label-studio", "Label Studio JSON", label_studio.write, label_studio.read, label_studio.SUFFIX, "characters", ""),
    Format("prodigy", "Prodigy JSONL", prodigy.write, prodigy.read, prodigy.SUFFIX, "characters", ""),
    Format("docbin", "spaCy DocBin", docbin.write, docbin.read, docbin.SUFFIX, "characters", ""),
    Format("conllu", "CoNLL-U", conllu.write, conllu.read, conllu.SUFFIX, "no offsets", ""),
    Format("tei", "TEI P5", tei.write, tei.read, tei.SUFFIX, "no offsets", ""),
    Format("parc", "XML of PARC 3", parc.write, parc.read, parc.SUFFIX, "bytes", "", attributions_only=True),
    Format("brat", "brat standoff", brat.write, brat.read, brat.SUFFIX, "characters", ""),
)
FORMATS = {record.name: record for record in ALL}
