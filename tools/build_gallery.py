"""Write docs/gallery.md: a picture of every figure, with the lines of Python that make it.

    python tools/build_gallery.py        (`make gallery`)

Each picture is what its lines show, and its alternative text is the description that they give. All articles are
invented. Two runs write the same page, and with the same matplotlib the same pictures.
"""

import io
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from matplotlib.axes import Axes
from PIL import Image

from analysis import figures
from analysis.corpora.corpus import annotate_corpus
from analysis.teaching.invented import write_invented
from analysis.text.escaping import escape_markdown

ROOT = Path(__file__).resolve().parent.parent
PAGE, PICTURES = ROOT / "docs/gallery.md", ROOT / "docs/gallery"
DPI, COLOURS = 130, 256
N_INVENTED = 240  # articles of the archive that the figure by month reads

HEAD = """# Gallery of figures

<!-- Made by tools/build_gallery.py. Do not edit it here. -->

Here is every figure with the lines that make it. Paste the lines into a notebook, or into Python in the folder of this
project, and put your own article in place of ours. Our articles are invented.

`show` puts the figure into a notebook, with a description for people who cannot see it; on this page, that is the
alternative text of each picture. To write a figure to a file, use `save_figure(figures.plot_voices(t), "voices")`.
[Figures](/reference/figures.md) explains each figure and its options.
"""
ONE = """from analysis import annotate, figures, make_tables, read_article, show

t = make_tables(annotate(read_article("seeds/teaching/1-agency-report.md")))
"""
RELEASE, EXPLAINER, BLOG = (
    ONE.replace("1-agency-report", name) for name in ("2-press-release", "6-explainer", "7-live-blog")
)
SEVERAL = """from analysis import annotate_all, figures, load_articles, make_tables, show

t = make_tables(annotate_all(load_articles("seeds/teaching")))
"""
LEVELS = """from analysis import annotate, figures, read_article, readability_table, show

levels = readability_table(annotate(read_article("seeds/teaching/1-agency-report.md")))
"""
CHANGES = """from analysis import annotate_all, compare_versions, figures, load_articles, show

evening, morning = annotate_all(load_articles("seeds/versions"))
found = compare_versions(evening, morning)
"""
COPIED = """from analysis import annotate_all, copied, figures, load_articles, show

release, report = annotate_all(load_articles("seeds/teaching")[1:3])
found = copied(report, of=release)
"""
MONTHS = """from analysis import figures, show
from analysis.corpora.questions import Archive, shares_by

paragraphs = Archive("tables").hedged_paragraphs().rename(columns={"outlet": "group"})
rows = shares_by(paragraphs, ["group", "month"], "hedged")
ax = figures.plot_by_month(rows, title="Who hedges more and more?", subtitle="Share of paragraphs with a hedge")
show(ax, figures.describe_by_month(rows))
"""
MEASURED = """import json
from pathlib import Path

from analysis import figures, show
from analysis.measures import accuracy

measured = accuracy.scores(json.loads(Path("benchmarks/results.json").read_text("utf-8")))
"""
RULES = """import json
from pathlib import Path

from analysis import annotate, figures, make_tables, read_article, show
from analysis.measures import accuracy

t = make_tables(annotate(read_article("seeds/teaching/1-agency-report.md")))
results = json.loads(Path("benchmarks/results.json").read_text("utf-8"))
marks = accuracy.marks_with_precision(t, accuracy.by_rule(results))
"""
HOUSE = (
    ONE
    + """with figures.style(width="16 cm", font="serif", title=False):
    show(figures.plot_voices(t), figures.describe_voices(t))
"""
)


class Entry(NamedTuple):
    """A figure of the gallery: its name, and the lines that make it."""

    name: str
    code: str


def _entry(name: str, before: str, data: str = "t", words: str = "") -> Entry:
    return Entry(name, f"{before}show(figures.plot_{name}({data}), figures.describe_{words or name}({data}))\n")


SECTIONS: dict[str, tuple[str, list[Entry]]] = {
    "Who says it, and how does the article know?": (
        "",
        [_entry(name, ONE) for name in ("voices", "voices_along", "chains", "knowing", "contact", "source_kinds")],
    ),
    "Who gets to speak?": ("", [_entry(name, ONE) for name in ("who_speaks", "first_heard")]),
    "How sure does it claim to be?": (
        "",
        [
            _entry(name, EXPLAINER)
            for name in ("hedges_along", "hedge_categories", "hedge_voices", "hedge_parts", "probability_ruler")
        ],
    ),
    "Who and what is it about?": (
        "",
        [_entry(name, RELEASE) for name in ("entities", "entities_along", "together")]
        + [_entry("speakers_topics", BLOG), _entry("numbers", EXPLAINER)],
    ),
    "How hard is it to read?": (
        "",
        [
            _entry("readability", LEVELS, "levels", words="readability_spread"),
            _entry("readability_by_paragraph", LEVELS, "levels"),
        ],
    ),
    "Several articles": (
        "",
        [_entry(name, SEVERAL) for name in ("compared", "sources_compared", "names_compared")],
    ),
    "Two texts": ("", [_entry("changes", CHANGES, "found"), _entry("copied", COPIED, "found")]),
    "Many articles": (
        "`tables` is the folder that `python -m analysis corpus archive.jsonl tables` writes.",
        [Entry("by_month", MONTHS)],
    ),
    "How often are the rules right?": (
        "Both use what we measured on texts that people have annotated.",
        [_entry("kinds_of_report", MEASURED, "measured"), _entry("rules_at_work", RULES, "marks")],
    ),
    "In your house style": (
        "Every figure takes these options, as arguments or from a TOML file, as in "
        '`figures.style("house.toml")`. This one is 16 cm wide, in a serif font and without its title.',
        [Entry("house_style", HOUSE)],
    ),
}


@contextmanager
def place() -> Iterator[Path]:
    """A folder to run the lines in, with the articles that they name; it is the working directory while this lasts."""
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(ROOT / "seeds", folder / "seeds")
        (folder / "benchmarks").mkdir()
        shutil.copyfile(ROOT / "benchmarks/results.json", folder / "benchmarks/results.json")
        write_invented(folder / "archive.jsonl", N_INVENTED, seed=1)
        annotate_corpus(folder / "archive.jsonl", folder / "tables", jobs=1)
        os.chdir(folder)
        try:
            yield folder
        finally:
            os.chdir(before)


def shown(code: str) -> tuple[Axes, str]:
    """The figure that some lines show, and its description."""
    found: list[tuple[Axes, str]] = []
    with patch("analysis.show", lambda ax, alt: found.append((ax, alt))):
        exec(compile(code, "the gallery", "exec"), {})
    ((ax, alt),) = found
    return ax, alt


def small(png: bytes) -> bytes:
    """A picture with few colours: half the size, and nobody sees the difference."""
    out = io.BytesIO()
    with Image.open(io.BytesIO(png)) as picture:
        picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(out, "png", optimize=True)
    return out.getvalue()


def build() -> tuple[str, dict[str, bytes]]:
    """The page, and each picture by its name."""
    parts, pictures = [HEAD], {}
    with place():
        for section, (intro, entries) in SECTIONS.items():
            parts += [f"## {section}\n", *([intro + "\n"] if intro else [])]
            for name, code in entries:
                ax, alt = shown(code)
                pictures[f"{name}.png"] = small(figures.figure_bytes(ax, "png", dpi=DPI))
                if name != "house_style":
                    parts.append(f"### {escape_markdown(figures.question_of(ax))}\n")
                parts.append(f"![{escape_markdown(alt)}](gallery/{name}.png)\n")
                parts.append(f"```python\n{code}```\n")
    return "\n".join(parts), pictures


def main() -> None:
    """Write the page and the pictures."""
    page, pictures = build()
    shutil.rmtree(PICTURES, ignore_errors=True)
    PICTURES.mkdir()
    for name, data in pictures.items():
        (PICTURES / name).write_bytes(data)
    PAGE.write_text(page, encoding="utf-8", newline="\n")
    print(f"Wrote docs/{PAGE.name} and {len(pictures)} pictures ({sum(map(len, pictures.values())) / 1e6:.1f} MB).")


if __name__ == "__main__":
    main()
