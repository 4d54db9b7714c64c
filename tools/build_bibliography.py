"""Write docs/bibliography.md: the works that the rules draw on, and what was checked of each.

    python tools/build_bibliography.py        (`make bibliography`)

The page is made from resources/data/bibliography.toml and the `source` of every rule; two runs write the same bytes.
"""

import tomllib
from pathlib import Path

from analysis.rules import FOLDER, Kind, Work, bibliography, references

PAGE = Path(__file__).resolve().parent.parent / "docs/bibliography.md"
HEAD = """# What the rules draw on

<!-- Made by tools/build_bibliography.py from analysis/resources/data/bibliography.toml. Do not edit it here. -->

Every rule names its sources by the keys below. “Checked” means that author, year, title and place agree with a source
outside this project; after it you see what we looked at. It does not mean that we read the work for each rule. We name
no sections of books that we could not look up.

"""


def used() -> set[str]:
    """The keys that rules name as their sources."""
    found: set[str] = set()
    for path in sorted(FOLDER.glob("*.toml")):
        for rule in tomllib.loads(path.read_text("utf-8"))["rule"]:
            found.update(reference.to.key for reference in references(rule["source"]))
    return found


def page() -> str:
    """The page as Markdown."""
    keys = used()
    entries = [entry for entry in bibliography().values() if entry.key in keys]
    works = sorted((e for e in entries if isinstance(e, Work)), key=lambda w: (w.short.lower(), w.year))
    checked = sum(w.checked for w in works)
    lines = [
        f"{sum(1 for w in works)} works, {checked} of them checked and {len(works) - checked} not.",
        "",
        "| key | work | checked |",
        "|---|---|---|",
        *map(_row, works),
        "",
        "## Grounds other than works",
        "",
        "| key | what it means |",
        "|---|---|",
        *(f"| `{e.key}` | **{e.title}.** {e.means} |" for e in entries if isinstance(e, Kind)),
    ]
    return HEAD + "\n".join(lines) + "\n"


def _row(work: Work) -> str:
    year = f" {work.year}." if work.year else ""
    seen = ("yes" if work.checked else "no") + (f": {work.seen}" if work.seen else "")
    return f"| `{work.key}` | {work.author.rstrip('.')}.{year} *{work.title}*. {work.place}. | {seen} |"


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")
    print(f"Wrote {PAGE.name}.")


if __name__ == "__main__":
    main()
