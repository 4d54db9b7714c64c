"""What the rules know of words is data: no list of more than five words in the code that reads language.

Lists of names that the code itself uses (of word lists, rule files, labels, public functions) are not of that kind.
Packages that pyproject.toml lists as pending are left out until they are brought there.
"""

import ast
import re
import tomllib
from pathlib import Path

import pytest

from analysis.text import vocabulary

ROOT = Path(__file__).parents[1]
RESOURCES = ROOT / "analysis/resources"
MOST = 5
READERS_OF_LANGUAGE = ("text", "grammar", "sourcing", "hedging", "entities")
PENDING = {
    module.split(".")[1]
    for override in tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["mypy"]["overrides"]
    if override.get("ignore_errors")
    for module in override["module"]
}
NAMES = {slug for table in vars(vocabulary).values() if isinstance(table, dict) for slug in table}
for path in RESOURCES.glob("words/*.toml"):
    NAMES |= set(tomllib.loads(path.read_text("utf-8")))
for path in RESOURCES.glob("rules/*.toml"):
    NAMES |= {path.name, *path.stem.split("_")}


def strings(nodes):
    return [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]


def lists_of_words(source):
    """Line and words of every tuple, list, set, dictionary or text to be split that holds words.

    >>> list(lists_of_words("A = ('said', 'says')"))
    [(1, ['said', 'says'])]
    """
    tree = ast.parse(source)
    public = [
        node.value for node in tree.body if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
    ]
    for node in ast.walk(tree):
        if node in public:
            continue
        if isinstance(node, ast.Tuple | ast.List | ast.Set):
            yield node.lineno, strings(node.elts)
        elif isinstance(node, ast.Dict):
            yield node.lineno, strings(node.keys)
        elif isinstance(node, ast.Attribute) and node.attr == "split" and isinstance(node.value, ast.Constant):
            yield node.lineno, node.value.value.split()


@pytest.mark.parametrize(
    "path",
    [
        path
        for name in READERS_OF_LANGUAGE
        if name not in PENDING
        for path in sorted((ROOT / "analysis" / name).rglob("*.py"))
    ],
    ids=lambda path: path.relative_to(ROOT / "analysis").as_posix(),
)
def test_long_lists_of_words_are_data(path):
    for line, words in lists_of_words(path.read_text("utf-8")):
        own = [word for word in words if re.search(r"[a-z]", word.lower()) and word not in NAMES]
        assert len(own) <= MOST, f"{path.name}:{line}: {' '.join(own)}: move them to resources/words"


def test_what_is_a_list_of_words():
    code = "A = 'said says told'.split()\nB = {'may': 1, 'can': 2}\n__all__ = ['one', 'two']\nC = f('x', ['y'])"
    assert sorted(lists_of_words(code)) == [(1, ["said", "says", "told"]), (2, ["may", "can"]), (4, ["y"])]
