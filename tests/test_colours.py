"""The colours of the pages: every pair in which words are read has the contrast that WCAG asks for, light and dark."""

import re

import pytest

from analysis.reading import asset
from analysis.reading.hues import HUES, NOBODY
from analysis.reading.inline import LINES
from analysis.text.vocabulary import FAMILIES

LIGHT, DARK = re.findall(r":root \{(.*?)\n *\}", asset("page.css"), re.DOTALL)
READING_LIGHT, READING_DARK = re.findall(r"\.reading \{ (--faint.*?) \}", asset("reading.css"))
JUPYTERLAB = ("#ffffff", "#111111")  # what notebooks stand on, in its two themes


def variables(css):
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", css))


THEMES = {
    "light": variables(LIGHT + READING_LIGHT),
    "dark": variables(LIGHT) | variables(DARK + READING_DARK),
}


def luminance(colour):
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_as_wcag_defines_it():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def pairs(theme):
    """(what, words, behind them) of a theme."""
    colours, dark = THEMES[theme], theme == "dark"
    grounds = [colours[name] for name in ("paper", "panel", "card")]
    for name in ("ink-page", "soft", "link", "faint"):
        for ground in grounds:
            yield name, colours[name], ground
    yield "tip", colours["paper"], colours["ink-page"]
    yield "aim", colours["ink-page"], colours["aim"]
    yield "aim, soft", colours["soft"], colours["aim"]
    boxes = [look.dark_tint if dark else look.tint for look in FAMILIES.values()]
    for box in boxes:
        yield "mark", colours["ink-page"], box
    for hue in (*HUES, NOBODY):
        ink, tint = (hue.dark_ink, hue.dark_tint) if dark else (hue.ink, hue.tint)
        for ground in (*grounds[:2], tint, *boxes):  # a source or cue, also in a passage or a hedge
            yield "ink", ink, ground
        for name in ("ink-page", "soft"):  # a passage; the category of a hedge in it
            yield f"{name} in a passage", colours[name], tint


@pytest.mark.parametrize("theme", THEMES)
def test_words_can_be_read(theme):
    poor = [(what, words, ground) for what, words, ground in pairs(theme) if contrast(words, ground) < 4.5]
    assert poor == []


@pytest.mark.parametrize("theme", THEMES)
def test_lines_can_be_seen(theme):
    colours = THEMES[theme]
    looks = [
        (look.dark_border, look.dark_tint) if theme == "dark" else (look.border, look.tint)
        for look in FAMILIES.values()
    ]
    lines = [border.split()[-1].lower() for border, _ in looks]
    lines += [colours[name] for name in ("edge", "focus", "person", "body", "place", "other", "value")]
    assert [line for line in lines if contrast(line, colours["paper"]) < 3] == []


@pytest.mark.parametrize("ground", JUPYTERLAB)
def test_lines_of_the_fragment_can_be_seen_in_both_themes_of_jupyterlab(ground):
    lines = [hue.line for hue in (*HUES, NOBODY)] + [line.split()[-1] for line in LINES.values()]
    assert [line for line in lines if contrast(line, ground) < 3] == []


def test_no_colour_hides_in_the_rules():
    """Each is a variable of a theme, so that the tests above see it."""
    for name in ("page.css", "reading.css", "report.css"):
        rest = re.sub(r"--[a-z-]+:[^;]+;", "", asset(name))
        assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?![^{}]*\{)", rest) == [], name
