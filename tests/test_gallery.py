"""The gallery: it shows every public figure, with lines that make it as they are printed there."""

import re

import pytest
from matplotlib.text import Text
from PIL import Image

import build_gallery
from analysis import figures

FIGURES = {name for name in vars(figures) if name.startswith("plot_")}
PICTURE = re.compile(r"^!\[(.+)\]\(gallery/(\w+\.png)\)$", re.MULTILINE)


def house():
    """The lines of the figure in the style of a house."""
    _, (entry,) = build_gallery.SECTIONS["In your house style"]
    return entry.code


@pytest.fixture(scope="module")
def made():
    """The page and its pictures, made by running the lines of each figure."""
    return build_gallery.build()


def test_the_page_is_current(made):
    assert build_gallery.PAGE.read_text("utf-8") == made[0], "run `make gallery`"


def test_every_public_figure_is_shown_with_its_description(made):
    page, pictures = made
    assert set(re.findall(r"figures\.(plot_\w+)\(", page.replace("`save_figure(figures.plot_voices", ""))) == FIGURES
    found = PICTURE.findall(page)
    assert [name for _, name in found] == list(pictures)
    assert len(pictures) == len(FIGURES) + 1  # one of them in the style of a house, too
    assert all(len(alt) > 40 for alt, _ in found)


def test_each_figure_takes_four_lines_at_most(made):
    for code in re.findall(r"```python\n(.*?)```", made[0], re.DOTALL):
        lines = [line for line in code.splitlines() if line and not line.startswith(("from ", "import "))]
        assert 2 <= len(lines) <= 4, code
        assert max(map(len, code.splitlines())) <= 120


def test_the_pictures_are_there_and_small(made):
    files = {path.name: path for path in build_gallery.PICTURES.iterdir()}
    assert set(files) == set(made[1])
    assert sum(path.stat().st_size for path in files.values()) < 2_000_000
    for path in files.values():
        with Image.open(path) as picture:
            assert picture.width >= 800


def test_the_lines_run_in_python_and_give_the_same_bytes(capsys):
    code = house()
    with build_gallery.place():
        exec(compile(code, "the gallery", "exec"), {})
        assert "Ellerquay Town Council" in capsys.readouterr().out
        first, second = (build_gallery.shown(code)[0] for _ in range(2))
    one, two = (build_gallery.small(figures.figure_bytes(ax, "png", dpi=60)) for ax in (first, second))
    assert one == two


def test_the_style_of_a_house_is_what_its_lines_say():
    code = house()
    with build_gallery.place():
        ax, _ = build_gallery.shown(code)
    assert ax.figure.get_size_inches()[0] == pytest.approx(16 / 2.54)
    texts = [text for text in ax.figure.findobj(Text) if text.get_text()]
    assert "Whose words is this article made of?" not in {text.get_text() for text in texts}
    assert {text.get_fontfamily()[0] for text in texts} == {"serif"}
