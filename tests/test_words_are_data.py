"""What the rules know of words is data: no list of more than five words in the code that reads language.

Lists of names that the code itself uses are not of that kind: of word lists, rule files, their fields, labels, classes
of words, attributes and public functions; nor are codes of one letter.
"""

import ast
import re
import tomllib
from pathlib import Path

import pytest

from analysis.grammar.words import CLASSES
from analysis.text import vocabulary

ROOT = Path(__file__).parents[1]
RESOURCES = ROOT / "analysis/resources"
MOST = 5
READERS_OF_LANGUAGE = ("text", "grammar", "sourcing", "hedging", "entities")
NAMES = {slug for table in vars(vocabulary).values() if isinstance(table, dict) for slug in table} | set(CLASSES)
for path in RESOURCES.glob("words/*.toml"):
    NAMES |= set(tomllib.loads(path.read_text("utf-8")))
for path in RESOURCES.glob("rules/*.toml"):
    NAMES |= {path.name, *path.stem.split("_")}
    for rule in tomllib.loads(path.read_text("utf-8"))["rule"]:
        NAMES |= {*rule, *rule.get("takes", ())}


def strings(nodes):
    return [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]


def lists_of_words(source):
    """Line and words of every tuple, list, set, dictionary or text to be split that holds words.

    >>> list(lists_of_words("A = ('said', 'says')"))
    [(1, ['said', 'says'])]
    """
    tree = ast.parse(source)
    own_names = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in ("__all__", "__slots__")
    ]
    for node in ast.walk(tree):
        if node in own_names:
            continue
        if isinstance(node, ast.Tuple | ast.List | ast.Set):
            yield node.lineno, strings(node.elts)
        elif isinstance(node, ast.Dict):
            yield node.lineno, strings(node.keys)
        elif isinstance(node, ast.Attribute) and node.attr == "split" and isinstance(node.value, ast.Constant):
            yield node.lineno, node.value.value.split()


@pytest.mark.parametrize(
    "path",
    [path for name in READERS_OF_LANGUAGE for path in sorted((ROOT / "analysis" / name).rglob("*.py"))],
    ids=lambda path: path.relative_to(ROOT / "analysis").as_posix(),
)
def test_long_lists_of_words_are_data(path):
    for line, words in lists_of_words(path.read_text("utf-8")):
        own = [word for word in words if len(word) > 1 and re.search(r"[a-z]", word.lower()) and word not in NAMES]
        assert len(own) <= MOST, f"{path.name}:{line}: {' '.join(own)}: move them to resources/words"


def test_what_is_a_list_of_words():
    code = "A = 'said says told'.split()\nB = {'may': 1, 'can': 2}\n__all__ = ['one', 'two']\nC = f('x', ['y'])"
    assert sorted(lists_of_words(code)) == [(1, ["said", "says", "told"]), (2, ["may", "can"]), (4, ["y"])]
    assert list(lists_of_words("class D:\n    __slots__ = ('first', 'last')")) == []
