"""Files of reports, parsed again by others than those that wrote them."""

import csv
import io
import json
import zipfile
from xml.etree import ElementTree

RISKY = ("=", "+", "-", "@", "\t", "\r")


def problem_of(name, content):
    """What is wrong with an SVG, CSV or XLSX file; None if nothing is."""
    try:
        if name.endswith(".svg"):
            ElementTree.fromstring(content)
        elif name.endswith(".xlsx"):
            check_xlsx(content)
        elif name.endswith(".csv"):
            check_csv(content.decode())
    except (ElementTree.ParseError, ValueError, zipfile.BadZipFile, csv.Error) as error:
        return f"{name}: {type(error).__name__}: {error}"
    return None


def check_csv(text):
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    for number, row in enumerate(rows, 1):
        if len(row) != len(rows[0]):
            raise ValueError(f"row {number} has {len(row)} cells, not {len(rows[0])}")
        for cell in row:
            if cell.startswith(RISKY) and not is_number(cell):
                raise ValueError(f"row {number} has a formula: {cell[:20]!r}")


def is_number(cell):
    try:
        float(cell)
    except ValueError:
        return False
    return True


def check_xlsx(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            root = ElementTree.fromstring(archive.read(name))
            if any(element.tag.endswith("}f") for element in root.iter()):
                raise ValueError(f"{name} holds a formula")
            if any(len(t.text or "") > 32_767 for t in root.iter() if t.tag.endswith("}t")):
                raise ValueError(f"{name} holds a cell that is too long")


def problems_in(folder):
    """What is wrong with the files of all reports in a folder."""
    for manifest in folder.rglob("manifest.json"):
        try:
            files = json.loads(manifest.read_text("utf-8"))["files"] if manifest.is_file() else []
        except (OSError, ValueError, KeyError, TypeError):
            continue
        for path in (manifest.parent / name for name in files):
            if path.is_file() and (problem := problem_of(str(path), path.read_bytes())):
                yield problem
