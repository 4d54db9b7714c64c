"""Figures as files: the same bytes each time."""

from __future__ import annotations

import io
import re
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.figures.layout import style_of
from analysis.figures.theme import in_force

# Characters that XML cannot hold. A name in an article may have them; letters are drawn as shapes, but comments repeat
# them.
_UNWRITABLE = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ufffe\\uffff]")
METADATA: dict[str, dict[str, None]] = {  # nothing in a file that changes from one run to the next
    "svg": {"Date": None, "Creator": None},
    "png": {"Software": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None, "ModDate": None},
}


def save_figure(
    figure: Figure | Axes, path_stem: str | Path, formats: tuple[str, ...] = ("svg", "png", "pdf")
) -> list[Path]:
    """Write a figure as PATH_STEM.svg and so on; the bytes are the same each time. PNG files have 300 dots per inch.

    Raises ValueError for a format that is not svg, png or pdf.
    """
    wrong = [f for f in formats if f not in METADATA]
    if wrong:
        raise ValueError(f"{wrong[0]!r} is not a format of figures; choose one or more of {', '.join(METADATA)}")
    paths = [Path(f"{path_stem}.{suffix}") for suffix in formats]
    for path, suffix in zip(paths, formats, strict=True):
        path.write_bytes(figure_bytes(figure, suffix))
    return paths


def figure_bytes(figure: Figure | Axes, suffix: str, *, dpi: int = 300) -> bytes:
    """A figure as the bytes of an svg, png or pdf file, in the style it was drawn in."""
    out = io.BytesIO()
    with in_force(style_of(figure)):
        figure_of(figure).savefig(out, format=suffix, dpi=dpi, metadata=METADATA[suffix])
    return _UNWRITABLE.sub("", out.getvalue().decode()).encode() if suffix == "svg" else out.getvalue()


def figure_of(figure: Figure | Axes) -> Figure:
    """The figure itself, from the figure or one of its axes."""
    return figure.get_figure(root=True) if isinstance(figure, Axes) else figure
