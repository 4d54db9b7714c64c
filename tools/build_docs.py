"""Build the documentation as a site that needs no network: tutorials, how-tos, reference, rules, accuracy.

    python tools/build_docs.py [FOLDER]        (`make docs`)

The pages of docs/ are used as they are.  This program writes the reference from the package itself: its commands,
docstrings, tables, vocabularies, schema and rules, and the measured precision of each rule (benchmarks/results.json).
Sphinx then builds the site; a warning, such as a link that leads nowhere, is an error.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from analysis import annotate_all, figures, load_articles
from analysis.cli import command_helps
from analysis.comparing.records import FINDINGS
from analysis.measures import wilson
from analysis.measures.knowing import HOW
from analysis.measures.whose import WHOSE
from analysis.report.frames import report_tables
from analysis.report.gathering import gather as gather_tables
from analysis.report.gathering import join
from analysis.rules import FOLDER, cited
from analysis.tables import SCHEMAS
from analysis.tables.columns import column_meaning, described_tables, table_row
from analysis.text import vocabulary
from analysis.text.escaping import escape_html

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "docs/site"
OUT = ROOT / "manual"
STAMP = "made-by-make-docs.txt"  # in a folder that this program may replace
# What of the project is part of the site, beside docs/.
TAKEN = (
    "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "NOTICE.md", "RELEASE.md", "LICENSE", "CITATION.cff",
    "benchmarks/README.md", "benchmarks/RESULTS.md", "benchmarks/INTERVALS.md",
    "analysis/resources/schemas/annotate.schema.json",
    "seeds/provenance.toml", "seeds/teaching/README.md", "seeds/teaching/keys/README.md", "seeds/versions/README.md",
)  # fmt: skip
WORKSHOP = "marking.md"  # the one handout that guidelines refer to; the others are filled in by `make workshop`
SCHEMA = "annotate.schema.json"
FEW = 20  # marks under which a precision says little


# ---------------------------------------------------------------- Markdown


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table in Markdown."""
    head = list(head)
    lines = [head, ["---"] * len(head), *map(list, rows)]
    return "\n".join(
        "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |" for row in lines
    )


def page(title: str, *parts: str) -> str:
    """A page in Markdown."""
    return "\n\n".join([f"# {title}", *parts]) + "\n"


def toctree(names: Iterable[str], caption: str = "") -> str:
    """The pages that belong under a page."""
    told = f":caption: {caption}\n" if caption else ""
    return "```{toctree}\n" + told + ":maxdepth: 1\n\n" + "\n".join(names) + "\n```"


# ---------------------------------------------------------------- rules

TITLES = {
    "cues_say": "Verbs of saying",
    "cues_mind": "Verbs of thinking and wishing",
    "cues_other": "Other words that report",
    "orders": "Orders of source, cue and content",
    "content_ends": "Where a content ends",
    "sources": "Kinds of sources",
    "role_classes": "Role classes",
    "people": "How the text refers to people",
    "justification": "How a source would know",
    "hedges_modals": "Hedges: modal verbs",
    "hedges_probability": "Hedges: probability and possibility",
    "hedges_appearance": "Hedges: appearance",
    "hedges_belief": "Hedges: belief and expectation",
    "hedges_hearsay": "Hedges: hearsay",
    "hedges_vague": "Hedges: vague sources",
    "hedges_condition": "Hedges: conditions",
    "hedges_question": "Hedges: open questions",
    "hedges_approximation": "Hedges: approximation",
    "boosters": "Boosters",
    "bounds": "Bounds",
    "entities": "Names and their kinds",
    "known_names": "Names that the package knows",
    "aliases": "When two names are one",
    "tagging": "Parts of speech",
}  # in the order of the site
MARKUP = {
    "{": "<mark>",
    "}": "</mark>",
    "[": '<span class="src">',
    "]": "</span>",
    "<": '<span class="con">',
    ">": "</span>",
}
LEGEND = (
    "In the examples, what the rule marks is <mark>boxed</mark>. Where a whole attribution is shown, its source is "
    '<span class="src">coloured</span> and its content <span class="con">underlined</span>.'
)


def rule_files() -> dict[str, list[dict[str, Any]]]:
    """The rules by the file they are in, without its ending, in the order of TITLES."""
    found = {path.stem: tomllib.loads(path.read_text("utf-8"))["rule"] for path in sorted(FOLDER.glob("*.toml"))}
    if unknown := set(found) - set(TITLES):
        raise SystemExit(f"the rules of {', '.join(sorted(unknown))} have no title: add one to TITLES in this file")
    return {stem: found[stem] for stem in TITLES if stem in found}


def measured() -> dict[str, list[tuple[int, int, str]]]:
    """Rule id -> how many of its marks were right, of how many, and on which texts.

    A mark that several rules made together counts for each of them.
    """
    counted: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    for corpus, result in json.loads((ROOT / "benchmarks/results.json").read_text("utf-8")).items():
        for ids, counts in result["rules"].items():
            for rule in dict.fromkeys(ids.split("+")):
                counted[rule][corpus][0] += counts["right"]
                counted[rule][corpus][1] += counts["predicted"]
    return {rule: [(right, of, corpus) for corpus, (right, of) in each.items()] for rule, each in counted.items()}


def precision(found: Iterable[tuple[int, int, str]]) -> list[str]:
    """How often a rule was right, in words, for each corpus.

    >>> precision([(30, 40, "invented texts"), (3, 3, "few")])
    ['right in 30 of 40 (75 %, interval 60 to 86) on invented texts', 'right in 3 of 3 on few: too few to say more']
    """
    told = []
    for right, of, corpus in found:
        if of < FEW:
            told.append(f"right in {right} of {of} on {corpus}: too few to say more")
        else:
            low, high = wilson(right, of)
            share, low, high = (f"{100 * value:.0f}" for value in (right / of, *wilson(right, of)))
            told.append(f"right in {right:,} of {of:,} ({share} %, interval {low} to {high}) on {corpus}")
    return told


def shown(example: str) -> str:
    """An example with its markup as HTML.

    >>> shown("[Ann Reed] {said} <it rained>.")
    '<span class="src">Ann Reed</span> <mark>said</mark> <span class="con">it rained</span>.'
    """
    return "".join(MARKUP.get(sign) or escape_html(sign) for sign in example)


def examples(rule: Mapping[str, Any]) -> str:
    """The examples and counter-examples of a rule as lists in HTML."""
    out = []
    for field, told in (("examples", "It marks"), ("counter_examples", "It does not mark")):
        lines = "".join(f"<li>{shown(example)}</li>" for example in rule[field])
        out.append(f'<p>{told}:</p>\n<ul class="ex">{lines}</ul>')
    return "\n".join(out)


def rule_section(rule: Mapping[str, Any], found: Mapping[str, list[tuple[int, int, str]]]) -> str:
    """A rule: what it means, how often it is right, examples, what it rests on."""
    parts = [f"## {rule['id']}", escape_html(rule["gloss"]).replace("*", "\\*")]
    told = precision(found.get(rule["id"], ()))
    parts.append("Measured: " + ("; ".join(told) + "." if told else "not by itself."))
    if "strength" in rule:
        parts.append(f"Strength: {rule['strength']} ({rule['strength_source']}).".replace("<", "&lt;"))
    parts += [examples(rule), f"Rests on: {escape_html(cited(rule['source']))}".replace("*", "\\*").replace("|", "\\|")]
    return "\n\n".join(parts)


def rule_pages() -> dict[str, str]:
    """The list of all rules, and a page for each file of them."""
    found, files = measured(), rule_files()
    pages = {
        f"reference/rules/{stem}.md": page(
            TITLES[stem], f'<p class="ex">{LEGEND}</p>', *(rule_section(rule, found) for rule in rules)
        )
        for stem, rules in files.items()
    }
    rows = []
    for stem, rules in files.items():
        for rule in rules:
            best = max(found.get(rule["id"], ()), key=lambda each: each[1], default=None)
            share = f"{100 * best[0] / best[1]:.0f} % of {best[1]:,}" if best and best[1] >= FEW else "–"
            link = f'<a href="{stem}.html#{anchor(rule["id"])}">{escape_html(rule["id"])}</a>'
            rows.append(
                f"<tr><td>{link}</td><td>{escape_html(TITLES[stem])}</td><td>{escape_html(rule['gloss'])}</td>"
                f"<td>{share}</td></tr>"
            )
    head = "".join(f'<th scope="col">{name}</th>' for name in ("rule", "about", "what it means", "right"))
    pages["reference/rules/index.md"] = page(
        "Rules",
        f"Every mark names its rule. Here are all {len(rows)} rules. *Right* is a rule's precision on the corpus with "
        f"most of its marks, or “–” if no corpus has {FEW} of them. [Accuracy](/accuracy.md) says what was measured.",
        '<div class="filter"><label for="rule-filter">Show rules with these words</label>'
        '<input id="rule-filter" type="search" autocomplete="off"><p id="rule-count" role="status"></p></div>',
        f'<div class="table-wrapper docutils" tabindex="0" role="region" aria-label="All rules"><table class="rules '
        f'docutils"><thead><tr>{head}</tr></thead><tbody>\n' + "\n".join(rows) + "\n</tbody></table></div>",
        toctree(files),
    )
    return pages


def anchor(rule_id: str) -> str:
    """The anchor of a rule's heading, as Sphinx makes it.

    >>> anchor("HEDGE.MODAL.MAY-WELL")
    'hedge-modal-may-well'
    """
    return re.sub(r"[^a-z0-9]+", "-", rule_id.lower()).strip("-")


# ---------------------------------------------------------------- tables, fields, words

TYPES = {"str": "text", "object": "text", "bool": "yes or no", "int64": "whole number", "Int64": "whole number",
         "float64": "number"}  # fmt: skip


def type_of(dtype: str, unit: str) -> str:
    """The type of a column in words; if a table is empty, by its unit."""
    if dtype.startswith("datetime64"):
        return "date and time"
    return "number" if unit and dtype in ("str", "object") else TYPES[dtype]


def frames() -> dict[str, pd.DataFrame]:
    """Every table that a report may have, for two short articles."""
    documents = annotate_all(load_articles(ROOT / "seeds/versions"))
    return report_tables(join([gather_tables(documents)]))


def tables_page() -> dict[str, str]:
    """Every table, column by column."""
    made, parts = frames(), []
    for name in described_tables():
        columns = dict.fromkeys("in …" if c.startswith("in ") else c for c in made[name].columns)
        rows = []
        for column in columns:
            real = next(c for c in made[name].columns if c == column or (column == "in …" and c.startswith("in ")))
            meaning = column_meaning(name, real)
            kind = type_of(str(made[name][real].dtype), meaning.unit)
            rows.append((f"`{column}`", kind, meaning.unit or "", meaning.words))
        parts.append(f"## {name}\n\n{table_row(name)}\n\n" + table(("column", "type", "unit", "meaning"), rows))
    first = ", ".join(f"`{name}`" for name in SCHEMAS)
    return {
        "reference/tables.md": page(
            "Tables",
            f"`make_tables(document)` gives the tables {first}. `analysis.measures` computes the others from them. "
            "A report writes all of them as CSV and, on request, as Excel and Parquet files. An empty table keeps its "
            "columns. An unknown value is missing, never 0. Offsets count characters of the untouched text; the end is "
            "not included.",
            "[Terms](terms.md) explains terms such as the kinds of sources.",
            *parts,
        )
    }


VOCABULARIES = {
    "Kinds of attributions": vocabulary.KINDS,
    "Kinds of sources": vocabulary.SHOWN_KINDS,
    "Stances": vocabulary.STANCES,
    "How a source was traced": vocabulary.LINKS,
    "Role classes": vocabulary.ROLE_CLASSES,
    "How the text refers to people": vocabulary.REFERENCES,
    "How a source would know": vocabulary.JUSTIFICATIONS,
    "How close a source was": vocabulary.CLOSENESS,
    "How the words reached the article": vocabulary.CONTACTS,
    "How a source is identified": vocabulary.IDENTIFIED,
    "First and second hand": vocabulary.HANDS,
    "How the article knows, in one word": HOW,
    "Whose words": WHOSE,
    "Categories of hedges, boosters and bounds": vocabulary.CATEGORIES,
    "Labels of names and values": vocabulary.LABELS,
    "Kinds of numbers": vocabulary.NUMBER_KINDS,
    "Bounds of numbers": vocabulary.BOUNDS,
    "How a title differs from its article": vocabulary.HEADLINE_DIFFERENCES,
    "Copied passages": FINDINGS,
}


def terms_page() -> dict[str, str]:
    """Every closed vocabulary: the key in tables and JSON, its name, what it means."""
    parts = []
    for title, terms in VOCABULARIES.items():
        rows = [(f"`{key}`", term.name, term.gloss) for key, term in terms.items()]
        parts.append(f"## {title}\n\n" + table(("key", "name", "meaning"), rows))
    told = "The keys are what tables and JSON lines hold; figures and pages show the names."
    return {"reference/terms.md": page("Terms", told, *parts)}


def json_type(field: Mapping[str, Any]) -> str:
    """What a field of the schema holds, in words.

    >>> json_type({"type": "array", "items": {"$ref": "#/$defs/span"}}), json_type({"type": ["string", "null"]})
    ('list of span', 'string or null')
    """
    if "enum" in field:
        return "one of " + ", ".join(f"`{value}`" if value else "“”" for value in field["enum"])
    if "$ref" in field:
        return field["$ref"].rpartition("/")[2]
    if "anyOf" in field:
        return " or ".join(json_type(each) for each in field["anyOf"])
    if field.get("type") == "array":
        return f"list of {json_type(field['items'])}" if field.get("items") else "list"
    kinds = field.get("type", "anything")
    return kinds if isinstance(kinds, str) else " or ".join(kinds)


def schema_page() -> dict[str, str]:
    """The fields of a line of `annotate`, from its schema."""
    text = (ROOT / "analysis/resources/schemas" / SCHEMA).read_text("utf-8")
    schema = json.loads(text)
    parts = [schema["description"], f"[The JSON Schema]({SCHEMA}) says the same for programs (draft 2020-12)."]
    for name, part in [("A line", schema), *schema["$defs"].items()]:
        parts.append(f"## {name}\n\n{part['description'] if part is not schema else ''}".rstrip())
        fields = dict(part.get("properties", {}))
        for field, inner in list(part.get("properties", {}).items()):
            fields |= {f"{field}.{below}": it for below, it in inner.get("properties", {}).items()}
            inside = inner.get("items", {})
            fields |= {f"{field}[].{b}": it for b, it in inside.get("properties", {}).items()} if inside else {}
        if fields:
            rows = [(f"`{field}`", json_type(it), it.get("description", "")) for field, it in fields.items()]
            parts.append(table(("field", "type", "meaning"), rows))
    return {"reference/annotate.md": page("What annotate writes", *parts), f"reference/{SCHEMA}": text}


# ---------------------------------------------------------------- commands and Python


def commands_page() -> dict[str, str]:
    """The help of every command."""
    parts = [f"## {name}\n\n```text\n{told}\n```" for name, told in command_helps(width=88)]
    told = (
        "In the folder of the project, type `.venv/bin/python -m analysis COMMAND` (on Windows "
        "`.venv\\Scripts\\python -m analysis COMMAND`). After pipx or pip, type `close-reading COMMAND`."
    )
    return {"reference/commands.md": page("Commands", told, *parts)}


PUBLIC = {
    "Read articles": "Article ArticleError ArticleWarning ReadOptions Limits read_article load_articles",
    "Mark": "annotate annotate_all annotate_corpus segment Document Span to_record",
    "Look": "read reading_html reading_page explore rule_gloss show figure_facts save_figure write_report",
    "Tables and measures": "make_tables sentence_matrix compare readability_table",
    "Two texts": "compare_versions copied",
    "Marks by hand": "read_marked read_marks read_marks_csv key_to_marks compare_annotations agreement "
    "apply_corrections load_corrections save_corrections",
}
RECORDS = "Attribution Marker Mention Entity Source Evidence Sentence Paragraph Quotation".split()


def documented(module: str, name: str) -> str:
    """The directive that writes out one name."""
    thing = getattr(sys.modules[module], name)
    kind = "autoexception" if isinstance(thing, type) and issubclass(thing, BaseException) else None
    kind = kind or ("autoclass" if isinstance(thing, type) else "autofunction")
    return f".. {kind}:: {module}.{name}\n"


def python_pages() -> dict[str, str]:
    """The public functions and classes, and the figures, from their docstrings."""
    import analysis.text.document  # noqa: F401 (looked up by name)

    def rst(names: Iterable[str], module: str) -> str:
        return "```{eval-rst}\n" + "\n".join(documented(module, name) for name in names) + "```"

    parts = [f"## {title}\n\n{rst(names.split(), 'analysis')}" for title, names in PUBLIC.items()]
    parts.append(f"## The records of a document\n\n{rst(RECORDS, 'analysis.text.document')}")
    plots = [name for name in vars(figures) if name.startswith("plot_")]
    told = (
        "Each figure is drawn by a function that takes the tables of `make_tables` and returns matplotlib axes. Its "
        "twin `describe_…` says in a sentence what the figure shows."
    )
    return {
        "reference/python.md": page("Python", "All of these are imported from `analysis`.", *parts),
        "reference/figures.md": page("Figures", told, rst(plots, "analysis.figures")),
    }


# ---------------------------------------------------------------- accuracy, limits, citing


def section(text: str, heading: str) -> str:
    """The section of a Markdown text under a heading of the second level, without it.

    >>> section("# A\\n\\n## B\\n\\nIt rained.\\n\\n## C\\n", "B")
    'It rained.'
    """
    found = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    if found is None:
        raise SystemExit(f"README.md has no section “{heading}”, which the documentation shows")
    return found[1].strip()


def own_texts() -> str:
    """What the rules and a person gave on our own annotated texts, as a table."""
    rows = pd.read_csv(ROOT / "analysis/resources/measured/trust.csv")
    sums = rows.groupby("measure")[["rules_count", "rules_of", "people_count", "people_of"]].sum()
    return table(
        ("measure", "by the rules", "by a person"),
        (
            (f"`{name}`", f"{r.rules_count:g} of {r.rules_of:g}", f"{r.people_count:g} of {r.people_of:g}")
            for name, r in sums.iterrows()
        ),
    )


def citation() -> str:
    """How to cite, from CITATION.cff: as a line, and for BibTeX."""
    cff = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    author = cff["authors"][0]["name"].removeprefix("The ")
    year = str(cff.get("date-released", ""))[:4]
    line = f"The {author}. *{cff['title']}*, version {cff['version']}{f' ({year})' if year else ''}."
    fields = {"title": cff["title"], "author": f"{{The {author}}}", "version": cff["version"], "year": year}
    bib = "".join(f"  {key:<8}= {{{value}}},\n" for key, value in fields.items() if value)
    return f"{line}\n\n```bibtex\n@software{{close-reading-news,\n{bib}}}\n```"


def readme_pages() -> dict[str, str]:
    """What the README says about accuracy, limits and citing, each on a separate page."""
    readme = (ROOT / "README.md").read_text("utf-8")
    by_rule = "[The list of rules](reference/rules/index.md) has the precision of each rule that was measured."
    return {
        "accuracy.md": page(
            "Accuracy",
            section(readme, "How far to trust it"),
            "## Rule by rule",
            by_rule,
            "## On our own texts",
            "A person annotated the article in `seeds/` and the seven invented ones, and the rules marked them. The "
            "authors of the rules know these texts, so the rules do worse on others.",
            own_texts(),
        ),
        "limits.md": page("Limits", section(readme, "Limits")),
        "cite.md": page(
            "How to cite",
            citation(),
            "Give the version, and publish the manifest (`manifest.json`) with a report. It names the rules by their "
            "fingerprint, so that others can produce the same figures again.",
            "[CITATION.cff](CITATION.cff) has the same for programs. [What is not ours](NOTICE.md) lists the licences "
            "of others' work. The [bibliography](docs/bibliography.md) lists the works that the rules draw on.",
        ),
    }


# ---------------------------------------------------------------- the site


def generated() -> dict[str, str]:
    """The pages that are made here, by their path in the site."""
    return {
        **rule_pages(),
        **tables_page(),
        **terms_page(),
        **schema_page(),
        **commands_page(),
        **python_pages(),
        **readme_pages(),
    }


def gather(folder: Path) -> None:
    """Put everything that Sphinx reads into a folder."""
    for name in TAKEN:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, folder / name)
    shutil.copytree(ROOT / "docs", folder / "docs", ignore=shutil.ignore_patterns("site", "workshop"))
    (folder / "docs/workshop").mkdir()
    shutil.copyfile(ROOT / "docs/workshop" / WORKSHOP, folder / "docs/workshop" / WORKSHOP)
    gallery = "docs/gallery" if (ROOT / "docs/gallery.md").is_file() else ""
    index = (SITE / "index.md").read_text("utf-8").replace("{{gallery}}\n", f"{gallery}\n" if gallery else "")
    (folder / "index.md").write_text(index, "utf-8")
    for name, text in generated().items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")


# What the theme's pages lack for people who use a keyboard or a screen reader, and what takes its place.
MENDED = (
    (r'<p class="caption" role="heading">', '<p class="caption" role="heading" aria-level="2">'),
    (r'<aside class="sidebar-drawer">', '<aside class="sidebar-drawer" aria-label="All pages">'),
    (r'<aside class="toc-drawer">', '<aside class="toc-drawer" aria-label="This page">'),
    (r"<pre>", '<pre tabindex="0">'),  # it scrolls where a line is long
    (r'<div class="table-wrapper(?! docutils" tabindex)', '<div tabindex="0" class="table-wrapper'),
    (r'(<article role="main" id="furo-main-content">\s*)(?=<noscript>)', r"\1<h1>Search</h1>\n"),
    # long signatures: a list of definitions without a term is none
    (r'<dl>\n((?:<dd><em class="sig-param">.*</dd>\n)+)</dl>', r'<span class="parameters">\n\1</span>'),
    (r'<dd>(<em class="sig-param">.*)</dd>', r'<span class="parameter">\1</span>'),
)


def mended(html: str) -> str:
    """A page without the barriers of its theme.

    >>> mended("<pre>It rained.</pre>")
    '<pre tabindex="0">It rained.</pre>'
    """
    for wrong, right in MENDED:
        html = re.sub(wrong, right, html)
    return html


def build(out: Path) -> None:
    """Write the site; ends with Sphinx's words if it fails. Refuses a folder with files that it did not write."""
    if out.exists():
        if any(out.iterdir()) and not (out / STAMP).exists():
            raise SystemExit(f"{out} holds files that were not made by this command; name another folder, or empty it")
        shutil.rmtree(out)
    with tempfile.TemporaryDirectory() as folder:
        source, made = Path(folder, "source"), Path(folder, "site")
        source.mkdir()
        gather(source)
        command = [
            "sphinx",
            "-q",
            "-W",
            "--keep-going",
            "-b",
            "html",
            "-c",
            str(SITE),
            "-d",
            str(Path(folder, "trees")),
        ]
        paths = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
        done = subprocess.run(
            [sys.executable, "-m", *command, str(source), str(made)], env={**os.environ, "PYTHONPATH": paths}
        )
        if done.returncode:
            raise SystemExit("The documentation was not built: Sphinx's words are above.")
        (made / STAMP).write_text("`make docs` writes this folder, and replaces all of it the next time.\n", "utf-8")
        for path in made.rglob("*.html"):
            path.write_text(mended(path.read_text("utf-8")), "utf-8")
        shutil.rmtree(made / "_sources", ignore_errors=True)
        for name in (".buildinfo", "objects.inv"):
            (made / name).unlink(missing_ok=True)
        out.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(made, out)


def main(arguments: list[str] | None = None) -> None:
    """Build the site that the command line names, or manual/."""
    parser = argparse.ArgumentParser(description="Build the documentation as a site.")
    parser.add_argument("out", nargs="?", type=Path, default=OUT, help="the folder (default: manual)")
    out = parser.parse_args(arguments).out
    build(out)
    print(f"The documentation: {out.resolve() / 'index.html'}")


if __name__ == "__main__":
    main()
