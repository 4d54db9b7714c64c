"""How figures look: the palette, the options you may set, and the current style.

Options come from four places. A keyword of the figure comes before what `style` sets while it lasts; then comes what
you changed in `matplotlib.rcParams`, and last our own choice:

>>> from analysis import annotate, figures, make_tables
>>> t = make_tables(annotate("It may rain, said Ann Reed."))
>>> with figures.style(width="16 cm", font="serif", title=False):
...     ax = figures.plot_voices(t)
>>> print(round(ax.figure.get_size_inches()[0] * 2.54, 2))
16.0

Figures are drawn without pyplot, so nothing is registered anywhere and importing this module has no effect.
"""

from __future__ import annotations

import re
import tomllib
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, fields, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import matplotlib
from matplotlib import font_manager
from matplotlib.colors import is_color_like, to_hex, to_rgb

# Okabe and Ito 2008, Color Universal Design: people with any common kind of colour blindness can tell them apart.
BLUE, ORANGE, GREEN, VERMILLION = "#0072B2", "#E69F00", "#009E73", "#D55E00"
PURPLE, SKY, YELLOW, GREY, INK, PALE = "#CC79A7", "#56B4E9", "#F0E442", "#8C8C8C", "#222222", "#E3E3E3"
MUTED, PAPER = "#555555", "#FFFFFF"
PALETTE = {  # the colours that records of the vocabulary name, and that you may replace
    "blue": BLUE,
    "orange": ORANGE,
    "green": GREEN,
    "vermillion": VERMILLION,
    "purple": PURPLE,
    "sky": SKY,
    "yellow": YELLOW,
    "grey": GREY,
    "ink": INK,
    "muted": MUTED,
    "pale": PALE,
    "paper": PAPER,
}
# The colours that a colour cycle replaces, in this order.
CYCLE = ("blue", "orange", "green", "vermillion", "purple", "sky", "yellow")

COLUMNS = {"one": 3.5, "two": 7.0}  # inches: one and two columns of a page
UNITS = {"cm": 1 / 2.54, "mm": 1 / 25.4, "in": 1.0, "inch": 1.0, "inches": 1.0, "pt": 1 / 72}
NARROWEST, WIDEST = 1.5, 40.0  # inches
SMALLEST, LARGEST = 4.0, 40.0  # points
ROOM = 0.2  # width that a figure needs for each point of its letters, in inches
SIZE = 8.5
GENERIC = ("serif", "sans-serif", "monospace", "cursive", "fantasy")
EXAMPLE = re.compile(r"1(\D?)234(\D)5\Z")

HOUSE: dict[str, Any] = {
    "axes.linewidth": 0.6,
    "axes.labelsize": "medium",
    "axes.titlesize": "large",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.grid": False,
    "grid.linewidth": 0.6,
    "xtick.labelsize": "medium",
    "ytick.labelsize": "medium",
    "xtick.major.size": 3,
    "ytick.major.size": 0,
    "xtick.major.width": 0.6,
    "hatch.linewidth": 0.6,
    "legend.frameon": False,
    "legend.fontsize": "medium",
}
# Whatever you set, the bytes are the same each time, and no text of an article is ever run as TeX.
ALWAYS: dict[str, Any] = {
    "svg.hashsalt": "analysis",
    "text.usetex": False,
    "text.hinting": "no_hinting",  # letters are as wide on a screen as on paper, so that one measurement fits both
    "text.parse_math": False,
    "savefig.bbox": None,
    "savefig.dpi": "figure",
}
OURS = {"svg.fonttype": "path", "pdf.fonttype": 42}
DEFAULTS = {key: value for key, value in matplotlib.rcParamsDefault.items() if not key.startswith(("backend", "_"))}
# The rcParams of a reader that say how things look.
LOOKS_OF = re.compile(
    r"(?:font|axes|axes3d|xtick|ytick|grid|lines|patch|hatch|legend|svg|pdf|path)\.|text\.color|(?:figure|savefig)\.\w+color"
)


class StyleError(ValueError):
    """A style cannot be used; the message says what is wrong, where, and what is allowed."""


@dataclass(frozen=True)
class Style:
    """The options of a figure, checked: what `style` takes, with the width in inches and installed fonts."""

    width: float = COLUMNS["two"]
    font: tuple[str, ...] = ("DejaVu Sans",)
    size: float = SIZE
    title: bool = True
    subtitle: bool = True
    source: bool = True
    colours: Mapping[str, str] = field(default_factory=dict)
    numbers: str = "1,234.5"
    percent: str = "12%"
    matplotlib: Mapping[str, Any] = field(default_factory=dict)
    rc: bool = True  # whether a reader's rcParams count


_ACTIVE: ContextVar[Style | None] = ContextVar("style", default=None)
_DRAWN: ContextVar[Style | None] = ContextVar("drawn", default=None)  # what `in_force` has set in matplotlib
_STATED: ContextVar[frozenset[str]] = ContextVar("stated", default=frozenset())  # the options that were set


@contextmanager
def style(file: str | Path | None = None, /, **options: Any) -> Iterator[Style]:
    """Draw figures in your house style while this lasts: `with figures.style(width="16 cm", font="serif"):`.

    `file` is a TOML file with the same options; a keyword overrides it:

    - `width`: "one" or "two" columns (3.5 and 7 inches), a length such as "16 cm", "160 mm", "6.3 in", "455 pt", or a
      number of inches;
    - `font`: a family ("serif", "Georgia"), several families to try for each letter, or a font file (.ttf, .otf);
      `size`: its size in points;
    - `title`, `subtitle`, `source`: False leaves that line out;
    - `colours`: other colours for names of the palette ({"blue": "#003366"}), or a list of colours in the order of the
      palette;
    - `numbers`: how you write 1234.5 ("1.234,5", "1 234,5", "1234.5"); `percent`: how you write 12 per cent ("12 %");
    - `matplotlib`: any of matplotlib's settings by name ({"axes.grid": True});
    - `rc`: False ignores what you set in `matplotlib.rcParams`.

    Raises StyleError (a ValueError) for an unknown option, a value that is not allowed, or a font that is not
    installed; OSError if the file cannot be read.
    """
    given: dict[str, Any] = {}
    if file is not None:
        given = read_style(file)
    given |= {name: _checked(name, value) for name, value in options.items()}
    made = replace(active(), **given)
    tokens = _ACTIVE.set(made), _STATED.set(_STATED.get() | given.keys())
    try:
        yield made
    finally:
        _ACTIVE.reset(tokens[0])
        _STATED.reset(tokens[1])


def chosen() -> dict[str, Any]:
    """What differs from our own style in the one that `style` set, in a form that JSON can hold."""
    ours, made = Style(), active()
    found = {option.name: getattr(made, option.name) for option in fields(Style) if option.name != "rc"}
    return {
        name: dict(value) if isinstance(value, Mapping) else list(value) if isinstance(value, tuple) else value
        for name, value in found.items()
        if value != getattr(ours, name)
    }


def narrow_width() -> float:
    """The width of a figure for a narrow screen: one column, or more if the letters are large."""
    return max(COLUMNS["one"], ROOM * active().size)


def active() -> Style:
    """The style that `style` set, or our own."""
    return _ACTIVE.get() or Style()


def read_style(file: str | Path) -> dict[str, Any]:
    """The options of a TOML file, checked. Raises StyleError, which names the file, or OSError."""
    file = Path(file)
    try:
        found = tomllib.loads(file.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise StyleError(f"{file.name} is not a TOML file: {error}") from None
    try:
        return {name: _checked(name, value, file.parent) for name, value in found.items()}
    except StyleError as error:
        raise StyleError(f"{file.name}: {error}") from None


def inches(width: str | float) -> float:
    """A width in inches, given as `style` takes it.

    >>> inches("127 mm"), inches("one"), inches(5)
    (5.0, 3.5, 5.0)
    """
    allowed = (
        f"width={width!r} is not a width; give 'one', 'two', or a length from {NARROWEST:g} to {WIDEST:g} inches, "
        "such as '16 cm', '160 mm', '6.3 in' or 6.3"
    )
    if isinstance(width, str) and width in COLUMNS:
        return COLUMNS[width]
    if isinstance(width, str):
        found = re.fullmatch(r"\s*(\d{1,6}(?:[.,]\d{1,6})?)\s*([a-z]+)\s*", width)
        if not found or found[2] not in UNITS:
            raise StyleError(allowed)
        width = float(found[1].replace(",", ".")) * UNITS[found[2]]
    if isinstance(width, bool) or not isinstance(width, int | float) or not NARROWEST <= width <= WIDEST:
        raise StyleError(allowed)
    return float(width)


def _fonts(font: Any, folder: Path) -> tuple[str, ...]:
    names = [font] if isinstance(font, str) else font
    if not isinstance(names, list | tuple) or not names or not all(isinstance(name, str) for name in names):
        raise StyleError(f"font={font!r} is not a font; give the name of a family, such as 'serif', or a list of names")
    return tuple(_font(name, folder) for name in names)


def _font(name: str, folder: Path) -> str:
    if name.lower().endswith((".ttf", ".otf", ".ttc")):
        try:
            font_manager.fontManager.addfont(folder / name)
            return font_manager.FontProperties(fname=folder / name).get_name()
        except (OSError, RuntimeError):
            raise StyleError(
                f"font={name!r}: this font file does not exist or cannot be read; check its path"
            ) from None
    if name in GENERIC:
        return name
    try:
        font_manager.findfont(font_manager.FontProperties(family=[name]), fallback_to_default=False)
    except ValueError:
        there = sorted({entry.name for entry in font_manager.fontManager.ttflist})
        near = get_close_matches(name, there, 3, 0.5) or there[:3]
        raise StyleError(
            f"font={name!r} is not installed here; install it, give its file (.ttf, .otf), or use another, such as "
            f"{', '.join(['serif', *near])}"
        ) from None
    return name


def _colours(colours: Any) -> dict[str, str]:
    if isinstance(colours, list | tuple):
        colours = dict(zip(CYCLE, colours, strict=False))
    if not isinstance(colours, Mapping):
        raise StyleError(
            f"colours={colours!r} does not name colours; give a table such as {{'blue': '#003366'}}, or "
            "a list of colours"
        )
    for name, colour in colours.items():
        if name not in PALETTE:
            raise StyleError(f"colours: {name!r} is not a colour of the palette; choose from {', '.join(PALETTE)}")
        if not isinstance(colour, str) or not is_color_like(colour) or colour.lower() == "none":
            raise StyleError(f"colours: {name} = {colour!r} is not a colour; write it as '#003366' or 'navy'")
    return {name: to_hex(colour) for name, colour in colours.items()}


def _numbers(numbers: Any) -> str:
    if not isinstance(numbers, str) or not EXAMPLE.match(numbers):
        raise StyleError(
            f"numbers={numbers!r} is not a way to write numbers; write 1234.5 as your house does: '1,234.5', "
            "'1.234,5', '1 234,5' or '1234,5'"
        )
    return numbers


def _percent(percent: Any) -> str:
    if not isinstance(percent, str) or percent.count("12") != 1 or len(percent) > 20:
        raise StyleError(
            f"percent={percent!r} is not a way to write percentages; write 12 per cent as your house "
            "does: '12%' or '12 %'"
        )
    return percent


def _size(size: Any) -> float:
    if isinstance(size, bool) or not isinstance(size, int | float) or not SMALLEST <= size <= LARGEST:
        raise StyleError(f"size={size!r} is not a size of letters; give points, from {SMALLEST:g} to {LARGEST:g}")
    return float(size)


def _settings(settings: Any) -> dict[str, Any]:
    if not isinstance(settings, Mapping):
        raise StyleError(f"matplotlib={settings!r} does not name settings; give a table such as {{'axes.grid': true}}")
    checked = matplotlib.RcParams()
    for name, value in settings.items():
        try:
            checked[name] = value
        except (KeyError, ValueError) as error:
            raise StyleError(
                f"matplotlib: {name} = {value!r} is not a setting of matplotlib: {error.args[0]}"
            ) from None
    return dict(checked)


def _flag(name: str) -> Callable[[Any], bool]:
    def check(value: Any) -> bool:
        if not isinstance(value, bool):
            raise StyleError(f"{name}={value!r} is not true or false; write one of these")
        return value

    return check


_CHECKS: dict[str, Callable[[Any], Any]] = {
    "width": inches,
    "size": _size,
    "title": _flag("title"),
    "subtitle": _flag("subtitle"),
    "source": _flag("source"),
    "colours": _colours,
    "numbers": _numbers,
    "percent": _percent,
    "matplotlib": _settings,
    "rc": _flag("rc"),
}
OPTIONS = tuple(option.name for option in fields(Style))


def _checked(name: str, value: Any, folder: Path = Path()) -> Any:
    if name not in OPTIONS:
        raise StyleError(f"{name!r} is not an option; choose from {', '.join(OPTIONS)}")
    return _fonts(value, folder) if name == "font" else _CHECKS[name](value)


# --- what is set in matplotlib --------------------------------------------------------------------------------


def resolved() -> Style:
    """The current style, with width, font, size and colours from the reader's rcParams if nothing else sets them.

    Raises StyleError if letters are too large for the width.
    """
    if (drawn := _DRAWN.get()) is not None:  # rcParams are already ours
        return drawn
    made, stated = active(), _STATED.get()
    if made.rc:
        own = _own()
        found: dict[str, Any] = {}
        if "font.size" in own:
            found["size"] = _size(own["font.size"])
        if "font.family" in own:
            found["font"] = tuple(own["font.family"])
        if own.get("figure.figsize"):
            found["width"] = inches(float(own["figure.figsize"][0]))
        made = replace(made, **{name: value for name, value in found.items() if name not in stated})
        made = replace(made, colours=_colours_of(own) | dict(made.colours))
    if made.width < ROOM * made.size:
        raise StyleError(
            f"letters of {made.size:g} points are too large for a figure of {made.width:.2g} inches; use at most "
            f"{made.width / ROOM:.2g} points, or at least {made.size * ROOM:.2g} inches"
        )
    return made


def _own() -> dict[str, Any]:
    """What the reader changed in the rcParams that say how things look."""
    default = matplotlib.rcParamsDefault
    return {
        name: value
        for name, value in matplotlib.rcParams.items()
        if (LOOKS_OF.match(name) or name == "figure.figsize") and value != default[name]
    }


def _colours_of(own: Mapping[str, Any]) -> dict[str, str]:
    """The palette by a reader's own settings: the cycle of colours, and greys between text and background."""
    colours = {}
    if "axes.prop_cycle" in own:
        cycle = own["axes.prop_cycle"].by_key().get("color", [])
        colours = {name: to_hex(colour) for name, colour in zip(CYCLE, cycle, strict=False)}
    paper = own.get("axes.facecolor", own.get("figure.facecolor"))
    if "text.color" in own or (paper is not None and str(paper) != "none"):
        ink = to_rgb(own.get("text.color", INK))
        ground = to_rgb(paper) if paper is not None and str(paper) != "none" else to_rgb(PAPER)
        for name, share in (("ink", 1.0), ("muted", 0.77), ("grey", 0.53), ("pale", 0.13), ("paper", 0.0)):
            colours[name] = to_hex([share * a + (1 - share) * b for a, b in zip(ink, ground, strict=True)])
    return colours


def settings_of(made: Style) -> dict[str, Any]:
    """The settings of matplotlib that a style amounts to."""
    colour = {**PALETTE, **made.colours}
    ink, paper = colour["ink"], colour["paper"]
    coloured = {
        "text.color": ink,
        "axes.labelcolor": ink,
        "axes.edgecolor": colour["grey"],
        "grid.color": colour["pale"],
        "xtick.color": ink,
        "ytick.color": ink,
        "figure.facecolor": paper,
        "axes.facecolor": paper,
        "savefig.facecolor": "auto",
    }
    own = _own() if made.rc else {}
    own.pop("figure.figsize", None)
    own.pop("axes.prop_cycle", None)
    if "paper" in made.colours:
        own = {name: value for name, value in own.items() if not name.startswith(("savefig.",))}
    family = list(dict.fromkeys([*made.font, "DejaVu Sans"]))
    return {
        **DEFAULTS,
        **HOUSE,
        **OURS,
        **coloured,
        **own,
        "font.family": family,
        "font.size": made.size,
        **made.matplotlib,
        **ALWAYS,
    }


@contextmanager
def in_force(made: Style) -> Iterator[None]:
    """Use the settings of this style in matplotlib while it lasts; then restore the reader's own."""
    with ExitStack() as stack:
        stack.enter_context(matplotlib.rc_context(settings_of(made)))
        stack.enter_context(warnings.catch_warnings())
        # few fonts have emoji or Chinese: a box in the picture, the name itself in the table and description
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        token = _DRAWN.set(made)
        try:
            yield
        finally:
            _DRAWN.reset(token)


def recoloured(made: Style) -> dict[str, str]:
    """Each of our colours -> the one that this style has for it, if they differ."""
    return {PALETTE[name].lower(): colour for name, colour in made.colours.items() if PALETTE[name].lower() != colour}
