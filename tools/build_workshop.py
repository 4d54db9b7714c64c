"""Make the workshop folder: guide, checklist, worksheets with and without marks, and the texts as the rules mark them.

    python tools/build_workshop.py [FOLDER]        (`make workshop`)
    python tools/build_workshop.py FOLDER MY-SET   (the pages of a set of your own, docs/workshop/your-own-set.md)

The folder also gets the page that reads articles (tools/build_page.py), if its parts are available.

Every page is complete, with no script, font or picture from outside, so it opens in any browser from a USB stick.
Two runs write the same bytes.
"""

import re
import shutil
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path

import mistune
import pandas as pd

import build_page
from analysis import Article, annotate, compare_annotations, load_articles, segment
from analysis.annotation import LAYERS, marks_of
from analysis.annotation.compare import disagreements_html
from analysis.annotation.keys import GoldKeyError
from analysis.measures.readability import readability_table
from analysis.reading import asset, reading_page
from analysis.reading.layers import Layer, layers_of, weave
from analysis.teaching.coaching import key_of
from analysis.teaching.exercises import Exercise, load_forms
from analysis.text.document import Document
from analysis.text.escaping import escape_html
from analysis.text.vocabulary import family

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "docs/workshop"
TEXTS = ROOT / "seeds/teaching"
EVENTS = ROOT / "seeds/events"
EVENT_TITLES = {"science": "A science claim", "accident": "An accident", "transfer": "A transfer rumour"}
PROSE = {
    "checklist": "Checklist",
    "marking": "How to mark a text",
    "words": "Word list",
    "rubric": "Rubric",
    "who-could-have-been-asked": "Who could have been asked?",
    "who-could-have-been-asked-answers": "Who could have been asked? Answers for text 1",
    "facilitators-guide": "Facilitator’s guide",
    "substitute-plan": "Plan for a substitute teacher",
    "curriculum": "Outcomes, frameworks and a test",
    "platforms": "On a learning platform",
    "your-own-set": "Make a set of your own",
}
SLIDES = {"slides-45": "Slides for 45 minutes", "slides-90": "Slides for 90 minutes"}
LARGE = ("checklist", "words")  # handouts that also come in large print, as every worksheet does
ALOUD = 150  # words a minute, read aloud
POLICY = "default-src 'none'; style-src 'unsafe-inline'"
PAGE = "close-reading.html"
ABOUT_PAGE = """**With laptops, tablets or phones:** [close-reading.html](close-reading.html) marks any article that you
paste into it, and says why each mark is there. Everything is in this one file: copy it, open it, and wait a few seconds
while it starts. It needs no network. It sends nothing and keeps nothing. Let participants mark the text by hand first,
then compare. Where they know better, they can click a mark to correct it, and save their corrections."""
STAMP = "made-by-make-workshop.txt"  # in a folder that this program may replace

STYLE = """
main { max-width: 46rem; }
h1 { margin: .4rem 0 .8rem; }
table { border-collapse: collapse; margin: 1rem 0 1.5rem; width: calc(100% - 2px); min-width: 0; }
th, td { border: 1px solid var(--edge); padding: .35rem .6rem; text-align: left; vertical-align: top; }
pre { overflow-x: auto; white-space: pre-wrap; overflow-wrap: anywhere; font-size: .85em; }
code { background: var(--panel); padding: 0 .2em; }
.sheet { line-height: 2.3; font-size: 1.05rem; }
.sheet p { display: grid; grid-template-columns: 2rem 1fr; max-width: none; }
.sheet .no { color: var(--soft); }
.sheet .heading { font-weight: 700; }
.said { border-bottom: 1px solid var(--edge); }
.source { font-weight: 700; border-bottom: 3px solid var(--ink-page); }
.cue { border-bottom: 2px dotted var(--ink-page); }
.sheet mark, .legend mark { background: none; color: inherit; border: 2px solid var(--ink-page); border-radius: 1em; }
.sheet mark, .legend mark { padding: 0 .3em; }
.sheet mark.booster, .legend mark.booster { border-style: dashed; border-radius: 0; }
.sheet mark.bound, .legend mark.bound { border-style: dotted; border-radius: 0; }
.label { font: .7rem/1 system-ui, sans-serif; white-space: nowrap; }
.line { border-bottom: 1px solid var(--edge); height: 2.2rem; }
.task { break-inside: avoid; }
.large, .large :is(.sheet, small, .label, th, td, p, li) { font-size: 18pt; line-height: 1.6; }
.large main { max-width: 60rem; }
.large .sheet { line-height: 2.1; }
.large .sheet .no { font-weight: 700; color: inherit; }
.large .sheet p { grid-template-columns: 3rem 1fr; }
.large h1 { font-size: 26pt; }
.large h2 { font-size: 22pt; }
.large tr { break-inside: avoid; }
.large .line { height: 3.4rem; border-bottom-width: 2px; }
@media print {
  .sheet { font-size: 11.5pt; }
  nav { display: none; }
  pre { overflow: visible; }
  h1 { font-size: 16pt; }
  h2 { margin: 1rem 0 .4rem; padding-top: .5rem; font-size: 12.5pt; }
  .large .sheet { font-size: 18pt; }
  .large h1 { font-size: 26pt; }
  .large h2 { font-size: 22pt; }
}
.slides main { max-width: none; padding: 0; }
.slide { box-sizing: border-box; min-height: 100vh; padding: 6vh 8vw; display: flex; flex-direction: column; }
.slide { justify-content: center; scroll-snap-align: start; break-after: page; break-inside: avoid; }
.slides, .slide :is(p, li) { font-size: clamp(1.2rem, 3.2vw, 2.6rem); line-height: 1.45; }
.slide :is(h1, h2) { font-size: clamp(1.6rem, 5vw, 4rem); border: 0; margin: 0 0 4vh; padding: 0; line-height: 1.15; }
.slide p, .slide li { max-width: none; margin: .3em 0; }
html:has(.slides) { scroll-snap-type: y proximity; }
.options { list-style: none; padding-left: 1.2rem; }
.options li::before { content: "☐ "; }
@media (min-width: 34rem) { .options { display: grid; grid-template-columns: 1fr 1fr; gap: 0 1.5rem; } }
@page slides { size: A4 landscape; margin: 12mm; }
@media print {
  .slides { page: slides; }
  .slide { min-height: 170mm; padding: 0 8mm; }
  .slide:last-child { break-after: auto; }
  .slide :is(p, li) { font-size: 26pt; }
  .slide :is(h1, h2) { font-size: 40pt; }
}
@media screen and (max-width: 34rem) {
  table, caption, tbody, tr, th, td { display: block; border: 0; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tr { border-bottom: 2px solid var(--edge); padding: .4rem 0; }
  th, td { padding: .1rem 0; }
  td[data-label]::before { content: attr(data-label) ": "; color: var(--soft); font-size: .85em; }
  td[data-who]::before { content: attr(data-who) ": "; color: var(--soft); font-size: .85em; }
  td:empty { min-height: 1.6rem; }
  h1, h2, th, td, p, li { overflow-wrap: anywhere; }
}
"""


def page(title: str, body: str, *, home: str = "index.html", large: bool = False, kind: str = "") -> str:
    """A complete HTML page; `large`: in large print; `kind`: a class of its body."""
    kind = "large" if large else kind
    nav = f'<nav aria-label="Workshop"><a href="{home}">All pages of the workshop</a></nav>' if home else ""
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{escape_html(title)}</title>\n'
        f"<style>\n{asset('page.css')}{STYLE}</style>\n</head>\n"
        f"<body{f' class={kind}' if kind else ''}>\n<main>\n"
        f"{nav}\n{body}\n</main>\n</body>\n</html>\n"
    )


# ---------------------------------------------------------------- worksheets


class HandLook:
    """How a key looks on paper: lines, frames and words, so that it can be read without colour."""

    def open(self, layer: Layer) -> str:
        if layer.kind == "marker":
            return f'<mark class="{family(layer.what[1].category)}">'
        kind = {"voice": "said", "source": "source", "cue": "cue"}.get(layer.kind)
        return f'<span class="{kind}">' if kind else ""

    def close(self, layer: Layer) -> str:
        if layer.kind == "marker":
            return "</mark>"
        return "</span>" if layer.kind in ("voice", "source", "cue") else ""

    def before(self, layer: Layer) -> str:
        return ""

    def after(self, layer: Layer) -> str:
        if layer.kind != "marker":
            return ""
        marker = layer.what[1]
        whose = " – by whom?" if marker.by_whom else ""
        return f' <span class="label">({escape_html(marker.category)}{whose})</span>'


def sheet(document: Document, *, marked: bool) -> str:
    """The text with its paragraphs numbered, with or without the marks of the key."""
    layers = [layer for layer in layers_of(document) if layer.kind in ("voice", "source", "cue", "marker")]
    rows = []
    for number, p in enumerate(document.paragraphs, 1):
        inside = [
            layer._replace(start=max(layer.start, p.start) - p.start, end=min(layer.end, p.end) - p.start)
            for layer in layers
            if layer.start < p.end and p.start < layer.end
        ]
        text = document.text[p.start : p.end]
        words = weave(text, inside, HandLook()) if marked else escape_html(text)
        kind = ' class="heading"' if p.kind == "heading" else ""
        rows.append(f'<p><span class="no">{number}</span><span{kind}>{words}</span></p>')
    return f'<div class="sheet">\n{"".join(rows)}\n</div>'


def head(article: Article) -> str:
    """Title and origin of a text, and that it is invented."""
    about = " · ".join(part for part in (article.outlet, article.byline, article.published) if part)
    return (
        f"<h1>{escape_html(article.title)}</h1>\n<p>{escape_html(about)}. Invented for teaching: the place, the people "
        "and the outlets do not exist.</p>"
    )


def worksheet(document: Document, tasks: Iterable[str]) -> str:
    """The unmarked text with its tasks and lines to write on."""
    items = "".join(
        f'<li class="task">{escape_html(task)}<div class="line"></div><div class="line"></div></li>' for task in tasks
    )
    return (
        f"{head(document.article)}\n<p>Name: ______________________</p>\n{sheet(document, marked=False)}\n"
        f"<h2>Your tasks</h2>\n<ol>{items}</ol>"
    )


def key_sheet(document: Document) -> str:
    """The text with the marks of its key, and what they mean."""
    signs = (
        '<span class="source">source</span>',
        '<span class="cue">word of saying</span>',
        '<span class="said">what is said</span>',
        '<mark class="hedge">hedge</mark> <span class="label">(kind)</span>',
        '<mark class="booster">booster</mark>',
        '<mark class="bound">bound</mark>',
    )
    return (
        f"{head(document.article)}\n<p>One careful reading by hand. Yours may differ: who has the better reason?"
        f'</p>\n<p class="legend">{" · ".join(signs)}</p>\n{sheet(document, marked=True)}'
    )


# ---------------------------------------------------------------- slides and the test


def slides(markdown: str) -> str:
    """Slides, which lines of --- part, as sections: one for each screen, and for each page of paper."""
    return "\n".join(f'<section class="slide">\n{to_html(part)}</section>' for part in markdown.split("\n---\n"))


def form_sheet(form: Exercise) -> str:
    """A form of the test to print: the passage, and each question with its options."""
    passage = "".join(to_html(what) for kind, what in form.parts if kind == "text")
    rows = []
    for item in form.tasks[0].items:
        options = "".join(f"<li>{escape_html(option)}</li>" for option in item.options)
        rows.append(f'<li class="task">{escape_html(item.text)}<ul class="options">{options}</ul></li>')
    return (
        f"<h1>{escape_html(form.title)}</h1>\n<p>Name: ______________________</p>\n{passage}\n"
        f"<h2>Twelve questions</h2>\n<p>{escape_html(form.tasks[0].ask)}</p>\n<ol>{''.join(rows)}</ol>"
    )


def form_key(forms: Iterable[Exercise]) -> str:
    """The right answers to both forms, and what each question asks for."""
    forms = list(forms)
    rows = zip(*(form.tasks[0].items for form in forms), strict=True)
    lines = ["| question | form A | form B |", "|---|---|---|"]
    lines += [f"| {a.id} | {a.key} | {b.key} |" for a, b in rows]
    return f"<h1>Key to the test</h1>\n<p>For teachers. One point for each.</p>\n{to_html(chr(10).join(lines))}"


# ---------------------------------------------------------------- measured


def scores(keys: Iterable[Document]) -> str:
    """The rules against the keys of the whole set, as a table in Markdown."""
    counts: dict[tuple[str, str], list[int]] = {}
    for key in keys:
        table = compare_annotations(annotate(key.article), marks_of(key), layers=LAYERS).scores
        for r in table.itertuples():
            total = counts.setdefault((r.layer, r.match), [0, 0, 0])
            for k, n in enumerate((r.machine, r.person, r.both)):
                total[k] += n
    lines = [
        "| layer | matched | marked by the rules | in the key | both | precision | recall | F1 |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for (layer, match), (machine, person, both) in counts.items():
        share = [f"{both / n:.2f}" if n else "–" for n in (machine, person)]
        f1 = f"{2 * both / (machine + person):.2f}" if machine + person else "–"
        lines.append(f"| {layer} | {match} | {machine} | {person} | {both} | {share[0]} | {share[1]} | {f1} |")
    return "\n".join(lines)


_CODE = re.compile(r"`[^`]*`")
_ITEM = re.compile(r"(?:[-*]|\d+\.) ")


def plain(markdown: str) -> str:
    """The prose of a handout, one paragraph per line, without headings, tables, code and marks of Markdown.

    A list is one paragraph, and each of its items a sentence at least.

    >>> plain("# Ask\\n\\n- Who says *so*\\n- Is it a\\n  fact?\\n\\n| a |\\n\\nWrite `[cue`.")
    'Who says so. Is it a fact?\\nWrite .'
    """
    paragraphs = []
    for block in re.split(r"\n\s*\n", _CODE.sub("", markdown)):
        items: list[str] = []
        for line in block.splitlines():
            if line.startswith(("#", "|", "{{")):
                continue
            if _ITEM.match(line) or not items:
                items.append(_ITEM.sub("", line, count=1).strip())
            else:
                items[-1] += " " + line.strip()
        words = [item if re.search(r"[.?!:][”’)*]*$", item) else item + "." for item in items if item]
        paragraphs.append(re.sub(r"[*_]", "", " ".join(words)))
    return "\n".join(filter(None, paragraphs))


def reading_levels(handouts: dict[str, str]) -> pd.DataFrame:
    """Reading level of each handout: name, words, Flesch-Kincaid grade, Flesch reading ease."""
    rows = []
    for name, text in handouts.items():
        document = segment(Article(plain(text), doc_id=name))
        table = readability_table(document).query("scope == 'article'").set_index("metric")
        rows.append(
            (
                name,
                int(table["n_words"].iloc[0]),
                table.loc["flesch_kincaid_grade", "value"],
                table.loc["flesch_reading_ease", "value"],
            )
        )
    return pd.DataFrame(rows, columns=["handout", "words", "flesch_kincaid_grade", "flesch_reading_ease"])


def levels_table(levels: pd.DataFrame) -> str:
    """The reading levels as a table in Markdown."""
    lines = ["| handout | words | Flesch–Kincaid (school years) | Flesch (0–100) |", "|---|---|---|---|"]
    lines += [
        f"| {r.handout} | {r.words} | {r.flesch_kincaid_grade:.1f} | {r.flesch_reading_ease:.0f} |"
        for r in levels.itertuples()
    ]
    return "\n".join(lines)


def timings(keys: Iterable[Document]) -> str:
    """How long each text takes to read aloud, computed at ALOUD words a minute, as a table in Markdown."""
    lines = [f"| text | words | aloud, at {ALOUD} words a minute |", "|---|---|---|"]
    lines += [f"| {k.doc_id[0]}. {k.article.title} | {words_of(k)} | {words_of(k) / ALOUD:.1f} minutes |" for k in keys]
    return "\n".join(lines)


def words_of(document: Document) -> int:
    """The words of a text, counted at white space."""
    return len(document.text.split())


# ---------------------------------------------------------------- all together


def handouts() -> dict[str, str]:
    """What is handed out or read, by name: the prose pages, the tasks, and the seven texts."""
    out = {title: source_of(stem) for stem, title in PROSE.items()}
    tasks = tomllib.loads(source_of("worksheets", ".toml"))["tasks"]
    out["Tasks of the worksheets"] = "\n\n".join(" ".join(each) for each in tasks.values())
    return out | {f"Text {a.doc_id[0]}: {a.title}": a.text for a in load_articles(TEXTS)}


def make_way(out: Path) -> None:
    """Remove a folder that this program made. Raises SystemExit for one with other files."""
    if out.exists():
        if any(out.iterdir()) and not (out / STAMP).exists():
            raise SystemExit(f"{out} holds files that were not made by this command; name another folder, or empty it")
        shutil.rmtree(out)


def build(out: Path, *, close_reading: str = "") -> list[Path]:
    """Write the folder and return its files; `close_reading` is the page that reads articles, "" to leave it out.

    Refuses a folder with files that this program did not write.
    """
    make_way(out)
    tasks = tomllib.loads(source_of("worksheets", ".toml"))["tasks"]
    keys = [key_of(article.path) for article in load_articles(TEXTS)]
    events = {name: [key_of(a.path) for a in load_articles(EVENTS / name)] for name in EVENT_TITLES}
    pages = {STAMP: "`make workshop` writes this folder, and replaces all of it the next time.\n"}
    for key in keys:
        name = key.doc_id
        pages |= sheets([key], tasks[name], title=f"Text {name[0]}: {key.article.title}")
        large = worksheet(key, tasks[name])
        title = f"Worksheet: Text {name[0]}: {key.article.title}"
        pages[f"worksheets/{name}-large.html"] = page(title, large, home="../index.html", large=True)
    for name, told in events.items():
        pages |= sheets(told, tasks[name])
    pages |= slides_and_test() | prose(keys, events, with_page=bool(close_reading))
    first = index(keys, events, with_page=bool(close_reading))
    pages["index.html"] = page("Workshop: read the news closely", first, home="")
    if close_reading:
        pages[PAGE] = close_reading
    return write(out, pages)


def write(out: Path, pages: dict[str, str]) -> list[Path]:
    """Write pages by their names, and return their files."""
    for name, text in pages.items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_text(text, encoding="utf-8")
    return [out / name for name in pages]


def slides_and_test() -> dict[str, str]:
    """The slides, both forms of the test and its key."""
    pages = {
        f"{stem}.html": page(title, slides(source_of(stem)), home="", kind="slides") for stem, title in SLIDES.items()
    }
    forms = load_forms()
    pages |= {f"test-{form.id}.html": page(form.title, form_sheet(form)) for form in forms}
    return pages | {"test-key.html": page("Key to the test", form_key(forms))}


def prose(keys: list[Document], events: dict[str, list[Document]], *, with_page: bool) -> dict[str, str]:
    """The pages that are written in Markdown, with what is measured filled in."""
    filled = {
        "scores": scores(keys),
        "events": scores(key for told in events.values() for key in told),
        "levels": levels_table(reading_levels(handouts())),
        "timings": timings(keys),
        "page": ABOUT_PAGE if with_page else "",
    }
    pages = {}
    for stem, title in PROSE.items():
        markdown = source_of(stem)
        for name, table in filled.items():
            markdown = markdown.replace("{{" + name + "}}", table)
        pages[f"{stem}.html"] = page(title, to_html(markdown))
        if stem in LARGE:
            pages[f"{stem}-large.html"] = page(title, to_html(markdown), large=True)
    return pages


def source_of(stem: str, kind: str = ".md") -> str:
    """The Markdown of a page, or another file of docs/workshop."""
    return (SOURCE / f"{stem}{kind}").read_text("utf-8")


def sheets(keys: Iterable[Document], tasks: Iterable[str], *, title: str = "") -> dict[str, str]:
    """The pages of texts with the same tasks: worksheet, key, and the marks of the rules; `title`: for one text."""
    pages = {}
    for key in keys:
        name, home = title or key.article.title, "../index.html"
        pages[f"worksheets/{key.doc_id}.html"] = page(f"Worksheet: {name}", worksheet(key, tasks), home=home)
        pages[f"worksheets/{key.doc_id}-marked.html"] = page(f"Marked: {name}", key_sheet(key), home=home)
        pages[f"texts/{key.doc_id}.html"] = reading_page(annotate(key.article))
    return pages


def build_set(out: Path, texts: Path) -> list[Path]:
    """Write the pages of a set of your own; its keys are in the folder `keys` below `texts`.

    Raises SystemExit, with what to do, if `out` holds files that this program did not make, or if a key is missing or
    does not fit its text. Then nothing is written.
    """
    tasks = tomllib.loads(source_of("worksheets", ".toml"))["tasks"]["own"]
    keys = keys_of_set(texts)
    make_way(out)
    links = "".join(
        f"<li>{escape_html(k.article.title)}: "
        f'<a href="worksheets/{k.doc_id}.html">worksheet</a>, '
        f'<a href="worksheets/{k.doc_id}-marked.html">marked by hand</a>, '
        f'<a href="texts/{k.doc_id}.html">marked by the rules</a></li>'
        for k in keys
    )
    links += '<li><a href="compared.html">where the rules differ from your keys</a></li>'
    pages = {STAMP: "This folder is replaced whole by the next run.\n"}
    pages["index.html"] = page("Your set", f"<h1>Your set</h1>\n<ul>{links}</ul>", home="")
    pages["compared.html"] = page("The rules and your keys", compared_with_rules(keys))
    return write(out, pages | sheets(keys, tasks))


def keys_of_set(texts: Path) -> list[Document]:
    """The texts of a folder with their keys. Raises SystemExit, which says in one sentence what to fix first."""
    keys = []
    for article in load_articles(texts):
        path = Path(str(article.path))
        if not (key := path.parent / "keys" / f"{path.stem}.toml").exists():
            raise SystemExit(f"{path} has no key; write {key}, or move the text to another folder")
        try:
            keys.append(key_of(path))
        except (GoldKeyError, tomllib.TOMLDecodeError) as error:
            raise SystemExit(str(error) if isinstance(error, GoldKeyError) else f"{key}: {error}") from None
    if not keys:
        raise SystemExit(f"{texts} contains no texts; put at least one article into it")
    return keys


def compared_with_rules(keys: Iterable[Document]) -> str:
    """Every difference between the rules and the keys, in the layers that a key marks, with its sentence."""
    parts = ["<h1>The rules and your keys</h1>", "<p>Leave your key as it is, and talk about the difference.</p>"]
    for key in keys:
        title = escape_html(key.article.title)
        table = disagreements_html(
            compare_annotations(annotate(key.article), marks_of(key)), names=("the rules", "your key")
        )
        parts.append(
            f'<h2>{title}</h2>\n<div class="table" role="region" aria-label="{title}" tabindex="0">{table}</div>'
        )
    return "\n".join(parts)


def to_html(markdown: str) -> str:
    """Markdown with tables as HTML; headings of tables are marked as such for screen readers."""
    html = mistune.create_markdown(plugins=["table"])(markdown)
    return labelled(re.sub(r"<th(?=[ >])", '<th scope="col"', html))


def labelled(html: str) -> str:
    """The same page; each cell of its tables carries the heading of its column, to show it where columns do not fit.

    >>> labelled('<table><thead><tr><th>day</th></tr></thead><tbody><tr><td>Monday</td></tr></tbody></table>')[-57:]
    '<tr><td data-label="day">Monday</td></tr></tbody></table>'
    """
    return re.sub(r"<table>.*?</table>", lambda table: _labelled_table(table[0]), html, flags=re.DOTALL)


def _labelled_table(table: str) -> str:
    head, end, body = table.partition("</thead>")
    names = [re.sub("<[^>]+>", "", name).replace('"', "&quot;") for name in re.findall(r"<th[^>]*>(.*?)</th>", head)]
    rows = []
    for row in body.split("<tr>"):
        before, *cells = re.split(r"(?=<t[hd][ >])", row)
        named = zip(names, cells, strict=False)
        rows.append(before + "".join(re.sub("^<td", f'<td data-label="{name}"', cell) for name, cell in named))
    return head + end + "<tr>".join(rows)


def index(keys: Iterable[Document], events: dict[str, list[Document]], *, with_page: bool = False) -> str:
    """The first page: what is in the folder, in the order of use."""
    rows = "".join(
        f'<tr><th scope="row">{k.doc_id[0]}. {escape_html(k.article.title)}<br>'
        f"<small>{escape_html(k.article.outlet)}</small></th>"
        f'<td><a href="worksheets/{k.doc_id}.html">worksheet {k.doc_id[0]}</a><br>'
        f'<a href="worksheets/{k.doc_id}-large.html">in large print {k.doc_id[0]}</a></td>'
        f'<td><a href="worksheets/{k.doc_id}-marked.html">marked by hand {k.doc_id[0]}</a></td>'
        f'<td><a href="texts/{k.doc_id}.html">marked by the rules {k.doc_id[0]}</a></td></tr>'
        for k in keys
    )
    links = "".join(
        f'<li><a href="{stem}.html">{escape_html(title)}</a>'
        + (f' (<a href="{stem}-large.html">{escape_html(title)} in large print</a>)' if stem in LARGE else "")
        + "</li>"
        for stem, title in PROSE.items()
    )
    links += "".join(f'<li><a href="{stem}.html">{escape_html(title)}</a></li>' for stem, title in SLIDES.items())
    links += (
        '<li>Test before and after: <a href="test-form-a.html">form A</a>, <a href="test-form-b.html">form B</a>, '
        '<a href="test-key.html">key to the test</a></li>'
    )
    if with_page:
        links += f'<li><a href="{PAGE}">Paste an article, see its marks</a> (takes a few seconds to start)</li>'
    heads = "".join(f'<th scope="col">{name}</th>' for name in ("text", "to work on", "the key", "the machine"))
    return (
        "<h1>Workshop: read the news closely</h1>\n<p>One invented event, told in seven ways. Who says so, how do "
        "they know, how sure are they, who is missing? These pages work without a network and print well.</p>\n"
        f"<h2>For the session</h2>\n<ul>{links}</ul>\n<h2>The seven texts</h2>\n"
        + labelled(f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>\n")
        + "".join(
            f"<h2>{EVENT_TITLES[name]}, told in three ways</h2>\n{_table(told)}\n" for name, told in events.items()
        )
        + "<p>The town of Ellerquay, its people and its papers do not exist. The texts are free to copy (CC0).</p>"
    )


def _table(told: Iterable[Document]) -> str:
    rows = "".join(
        f'<tr><th scope="row">{escape_html(k.article.title)}<br><small>{escape_html(k.article.outlet)}</small></th>'
        f'<td><a href="worksheets/{k.doc_id}.html">worksheet {k.doc_id}</a></td>'
        f'<td><a href="worksheets/{k.doc_id}-marked.html">marked by hand {k.doc_id}</a></td>'
        f'<td><a href="texts/{k.doc_id}.html">marked by the rules {k.doc_id}</a></td></tr>'
        for k in told
    )
    heads = "".join(f'<th scope="col">{name}</th>' for name in ("text", "to work on", "the key", "the machine"))
    return labelled(f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>")


def main() -> None:
    """Build the folder that the command line names, or workshop/; with a folder of texts, the pages of that set."""
    if len(sys.argv) > 1 and sys.argv[1].startswith("-"):
        print(__doc__)
        return
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "workshop"
    if len(sys.argv) > 2:
        print(f"Wrote {len(build_set(out, Path(sys.argv[2])))} files.")
        return
    close_reading = ""
    try:
        build_page.fetch()
        close_reading = build_page.one_file()
    except build_page.PartsError as error:
        print(f"The workshop was built without {PAGE}: {error}.", file=sys.stderr)
    print(f"Wrote {len(build(out, close_reading=close_reading))} files.")


if __name__ == "__main__":
    main()
