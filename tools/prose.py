"""Check spelling and style of what people read (part of `make lint`).

    python tools/prose.py [--list]        (--list prints all the prose, with its place)

Prose is the Markdown of docs, notebooks and exercises, the glosses of rules, the meanings of columns and fields, the
strings of the package and of the pages' scripts, the first paragraphs of public docstrings, the texts of the pages, and
the help of `make`. typos checks the spelling, proselint the style: some of its own checks, and the words of our house,
which are data in tools/prose.toml. Both work offline, in seconds.
"""

import ast
import json
import re
import subprocess
import sys
import tomllib
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

from proselint.checks import __register__ as KNOWN
from proselint.registry.checks import Check
from proselint.registry.checks.types import ExistenceSimple
from proselint.tools import LintFile

import analysis
from analysis import figures

ROOT = Path(__file__).resolve().parent.parent
HOUSE = ROOT / "tools/prose.toml"
LETTERS = re.compile(r"[^\W\d_]{2,}")
CODE = re.compile(r"[<>]|\\|\(\?|\[\^|: [^;:]+;|^[A-Z]+ .*[(?,]")  # markup, patterns, styles, SQL
PUBLIC = {*analysis.__all__, *(name for name in vars(figures) if name.startswith(("plot_", "describe_")))}
SAID = {"gloss", "means", "row", "ask", "hint", "hints", "title", "able", "reads", "text"}  # keys of texts for readers
Line = tuple[str, int, str]  # file, line, text


def markdown(text: str) -> Iterator[tuple[int, str]]:
    """Paragraphs, list items and cells with the line they begin on, without code, addresses and quoted examples."""
    text = re.sub(r"```.*?```|<!--.*?-->", lambda found: "\n" * found[0].count("\n"), text, flags=re.DOTALL)
    start, held = 1, []
    for number, line in enumerate([*text.splitlines(), ""], 1):
        if held and (not line.strip() or re.match(r"\s*([-*|#>]|\d+\.)", line)):
            yield start, plain(" ".join(held))
            held = []
        if line.strip() and not line.startswith("    "):
            start = start if held else number
            held.append(line.strip())


def plain(text: str) -> str:
    """A text without inline code and addresses of links."""
    return re.sub(r"`[^`]*`", "X", re.sub(r"\]\([^)]*\)", "]", text))


def notebook(text: str) -> Iterator[tuple[int, str]]:
    """The Markdown cells of a notebook; the line is the number of the cell."""
    for number, cell in enumerate(json.loads(text)["cells"]):
        if cell["cell_type"] == "markdown":
            yield from ((number, prose) for _, prose in markdown("".join(cell["source"])))


def glosses(text: str) -> Iterator[tuple[int, str]]:
    """What rules, columns and exercises say to a reader; the line is that on which each text begins."""
    data, at = tomllib.loads(text), 0
    for said in _said(data, every="columns" in data):
        first = said.strip().split("\n")[0]
        begins = [text.find(as_written, at) for as_written in (first, first.replace('"', '\\"'))]
        begin = min((each for each in begins if each >= 0), default=at)
        line, at = text.count("\n", 0, begin) + 1, begin + len(first)
        yield from ((line + number - 1, prose) for number, prose in markdown(said.strip()))


def _said(value: object, *, every: bool) -> Iterator[str]:
    """The texts of several words in parsed TOML: those of the keys in SAID, or every one."""
    if isinstance(value, str) and every and " " in value:
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from _said(each, every=every)
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _said(each, every=every or key in SAID)


def descriptions(text: str) -> Iterator[tuple[int, str]]:
    """What the schema says of each field."""
    for number, line in enumerate(text.splitlines(), 1):
        if found := re.match(r'\s*"description": "(.*)",?$', line):
            yield number, plain(found[1].replace('\\"', '"'))


def python(text: str) -> Iterator[tuple[int, str]]:
    """Strings of several words, and the first paragraph of public docstrings; what an f-string fills in is X."""
    tree = ast.parse(text)
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            inside.add(id(node.value))  # a docstring
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and node.name in PUBLIC and ast.get_docstring(node):
            yield node.lineno, plain(" ".join(ast.get_docstring(node).split("\n\n")[0].split()))
        said = None
        if isinstance(node, ast.JoinedStr):
            said = "".join(part.value if isinstance(part, ast.Constant) else "X" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside:
            said = node.value
        if said and not CODE.search(said):
            yield node.lineno, said


def page(text: str) -> Iterator[tuple[int, str]]:
    """The words between the tags of a page, and those of its titles and labels."""
    blank = lambda found: "\n" * found[0].count("\n")  # noqa: E731
    text = re.sub(r"<(script|style)\b.*?</\1>|\{[#%].*?[#%]\}", blank, text, flags=re.DOTALL)
    for number, line in enumerate(text.splitlines(), 1):
        for attribute in re.findall(r'\b(?:title|aria-label|placeholder|alt)="([^"]*)"', line):
            yield number, attribute
        yield number, re.sub(r"<[^>]*>|\{\{.*?\}\}", " ", line)


def script(text: str) -> Iterator[tuple[int, str]]:
    """The strings of a script that have spaces."""
    for number, line in enumerate(text.splitlines(), 1):
        for found in re.finditer(r'"([^"]* [^"]*)"|`([^`]* [^`]*)`', line):
            yield number, found[1] or found[2]


def make_help(text: str) -> Iterator[tuple[int, str]]:
    """The help of each command of the Makefile."""
    for number, line in enumerate(text.splitlines(), 1):
        if "## " in line:
            yield number, line.split("## ")[1]


READERS = {
    "*.md": markdown,
    "docs/**/*.md": markdown,
    "benchmarks/*.md": markdown,
    "seeds/**/README.md": markdown,
    "notebooks/**/*.ipynb": notebook,
    "analysis/resources/**/*.toml": glosses,
    "analysis/**/*.py": python,
    "analysis/resources/**/*.html": page,
    "analysis/resources/**/*.js": script,
    "analysis/resources/schemas/*.json": descriptions,
    "Makefile": make_help,
}


def lines(skip: list[str]) -> list[Line]:
    """All prose, one text per line."""
    found = []
    for pattern, reader in READERS.items():
        for path in sorted(ROOT.glob(pattern)):
            place = path.relative_to(ROOT).as_posix()
            if place not in skip:
                texts = reader(path.read_text(encoding="utf-8"))
                found += [(place, number, " ".join(text.split())) for number, text in texts]
    return [line for line in found if len(LETTERS.findall(line[2])) > 2]


def misspelt(prose: list[Line]) -> Iterator[tuple[int, str]]:
    """What typos finds: the index of the line, and what to write."""
    typos = Path(sys.executable).parent / "typos"
    text = "\n".join(line for _, _, line in prose)
    command = [typos, "--config", ROOT / "tools/typos.toml", "--format", "json", "-"]
    done = subprocess.run(command, input=text, capture_output=True, encoding="utf-8", check=False)
    for found in map(json.loads, done.stdout.splitlines()):
        if found["type"] == "typo":
            yield found["line_num"] - 1, f"“{found['typo']}”: write {', '.join(found['corrections'])}"
    if done.returncode not in (0, 2):
        raise SystemExit(f"typos could not run: {done.stderr.strip()}")


def quoted(text: str, at: int) -> bool:
    """Is a place between curly quotation marks, on its line? We do not correct what others say."""
    line = text[text.rfind("\n", 0, at) + 1 : at]
    return line.count("“") > line.count("”")


def unidiomatic(prose: list[Line], house: dict) -> Iterator[tuple[int, str]]:
    """What proselint finds, by its own checks and by those of the house."""
    own = [
        Check(
            check_type=ExistenceSimple(rule["pattern"]),
            path=f"house.{number}",
            message=f"“{{}}”: write {rule['write']}",
        )
        for number, rule in enumerate(house["house"])
    ]
    checks = [*own, *(check for check in KNOWN if check.path.startswith(tuple(house["proselint"])))]
    file = LintFile("prose", "\n".join(line for _, _, line in prose))
    starts = list(accumulate((len(line) + 1 for _, _, line in prose), initial=1))
    for check in checks:
        for found in check.check_with_flags(file.content):
            words = file.content[slice(*found.span)].strip().lower()
            end = found.span[1] - 1
            if words not in house["good"] and not quoted(file.content, end):
                yield bisect_right(starts, end) - 1, found.message


def main() -> int:
    """Print what is misspelt or unidiomatic, with its place; 1 if anything is."""
    house = tomllib.loads(HOUSE.read_text(encoding="utf-8"))
    prose = lines(house["skip"])
    if "--list" in sys.argv[1:]:
        print("\n".join(f"{file}:{number}: {text}" for file, number, text in prose))
        return 0
    problems = sorted({(*prose[at][:2], said) for at, said in (*misspelt(prose), *unidiomatic(prose, house))})
    for file, number, said in problems:
        print(f"{file}:{number}: {said}", file=sys.stderr)
    print(f"Prose: {len(prose):,} texts, {len(problems) or 'no'} problem{'s' * (len(problems) != 1)}.")
    return int(bool(problems))


if __name__ == "__main__":
    sys.exit(main())
