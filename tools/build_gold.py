"""Write our hand annotations in formats that others use, into gold/ (`make gold`).

We maintain the keys in seeds/ only; this program writes the other formats from them on request, so they are never out
of date.  Each folder can be compared with other people's marks: `python -m analysis agree keys=gold/webanno yours`.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from analysis import read_article, segment
from analysis.annotation.keys import key_to_document
from analysis.exchange.formats import FORMATS
from analysis.exchange.layers import marked_text
from analysis.exchange.model import MarkedText
from analysis.outputs import Refused
from analysis.sharing.folder import check_folder, write_folder

ROOT = Path(__file__).resolve().parent.parent
GUIDELINES = ROOT / "docs" / "annotation-guidelines.md"
PUBLISHED = ("webanno", "brat", "tei")


def gold_texts(root: Path = ROOT) -> Iterator[MarkedText]:
    """The source article and the teaching set with the marks of their keys."""
    for folder, suffix in ((root / "seeds", ".txt"), (root / "seeds/teaching", ".md")):
        for key in sorted((folder / "keys").glob("*.toml")):
            yield marked_text(key_to_document(key, segment(read_article(folder / f"{key.stem}{suffix}"))))


def build(out: Path) -> None:
    """Write every format into a separate folder, and the guidelines next to them. Raises Refused."""
    folders = {name: out / name for name in PUBLISHED}
    for folder in folders.values():
        check_folder(folder)
    texts = list(gold_texts())
    for name, folder in folders.items():
        write_folder(folder, FORMATS[name].write(texts), name=name)
    shutil.copyfile(GUIDELINES, out / GUIDELINES.name)


def main() -> int:
    """Build into gold/, or into the folder that is named."""
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "gold"
    try:
        build(out)
    except Refused as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
