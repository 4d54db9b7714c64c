"""The exercises: a single source, analysis/resources/exercises/*.toml, for notebooks, learning platforms and paper.

A file holds what a teacher needs to know (`title`, `able`: what learners will be able to do, `level`, `minutes`,
`reads`, `texts`: the teaching texts it is about) and `[[part]]` tables in the order of the exercise. A part is `text`
(Markdown), `code` (given in the notebook), or a task:

    task = "kinds"        its name; `kind` says what learners do:
    kind = "choose"       answer each of `items` with one of `options`
    kind = "pick"         pick some of `items`, each of which has the key true or false
    kind = "mark"         mark a `layer` in the paragraphs `first` to `last` of the text `text_of`, which has a hand key
    kind = "rewrite"      make the sentence `before` "surer" or "less sure" (`direction`); `after` is one good answer
    answer = "kinds"      what the notebook calls the answer
    title, ask, hints     what learners read
    others                wrong answers, for platforms where learners choose and cannot mark

An item has an `id`, a `key`, and perhaps a `text`, a `hint` (a question for a learner who was wrong), `options` of its
own and a `skill`. The test before and after the lessons, in analysis/resources/assessment/, is written in the same way.

>>> exercise = load_exercise("01-sources")
>>> exercise.title, [task.kind for task in exercise.tasks]
('Find the sources', ['mark', 'choose'])
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[1] / "resources/exercises"
FORMS = FOLDER.parent / "assessment"  # the test before and after the lessons, in two parallel forms
DIRECTIONS = ("surer", "less sure")
REWRITING_POINTS = 2  # for one sentence; every other answer gives one point
NEEDED = {  # what a task of each kind needs besides its name, kind, title and answer
    "choose": ("items",),
    "pick": ("items",),
    "mark": ("layer", "text_of", "first", "last"),
    "rewrite": ("before", "after", "direction"),
}


class ExerciseError(ValueError):
    """An exercise cannot be used; the message says in which file and part, and what to do."""


@dataclass(frozen=True)
class Item:
    """One question of a task: `key` is its answer, `hint` a question for those who got it wrong."""

    id: Any
    key: Any
    text: str = ""
    hint: str = ""
    options: tuple[Any, ...] = ()
    skill: str = ""


@dataclass(frozen=True)
class Task:
    """One task; which of the fields are used depends on its kind (see the head of this module)."""

    task: str
    kind: str
    title: str
    answer: str
    ask: str = ""
    hints: tuple[str, ...] = ()
    options: tuple[Any, ...] = ()
    items: tuple[Item, ...] = ()
    layer: str = ""
    text_of: str = ""
    first: int = 1
    last: int = 1
    others: tuple[str, ...] = ()
    before: str = ""
    after: str = ""
    direction: str = ""
    without: tuple[str, ...] = ()

    def choices(self, item: Item) -> tuple[Any, ...]:
        """The possible answers to an item: its own options, or those of the task."""
        return item.options or self.options


@dataclass(frozen=True)
class Exercise:
    """An exercise: `parts` in order, each a text ("text", str), given code ("code", str) or a task ("task", Task)."""

    id: str
    title: str
    able: str
    level: str
    minutes: int
    reads: str
    parts: tuple[tuple[str, Any], ...]
    texts: tuple[str, ...] = ()

    @property
    def tasks(self) -> tuple[Task, ...]:
        """The tasks, in order."""
        return tuple(what for kind, what in self.parts if kind == "task")

    def task(self, name: str) -> Task:
        """The task of this name. Raises KeyError, with the names of all tasks, if there is none."""
        for one in self.tasks:
            if one.task == name:
                return one
        raise KeyError(f"exercise {self.id} has no task {name!r}; it has {', '.join(one.task for one in self.tasks)}")


@functools.cache
def load_exercise(name: str | Path) -> Exercise:
    """One exercise: one of the project's, by its id ("01-sources"), or your own, by the path of its file.

    Raises FileNotFoundError, or ExerciseError for a file that is not as the top of this module describes.
    """
    path = Path(name) if Path(name).suffix == ".toml" else FOLDER / f"{name}.toml"
    if not path.exists():
        known = ", ".join(each.stem for each in sorted(FOLDER.glob("*.toml")))
        raise FileNotFoundError(
            f"{str(name)!r} is not an exercise; choose one of {known}, or give the path of a .toml file"
        )
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ExerciseError(f"{path.name}: not valid TOML: {error}") from None
    parts = data.pop("part", None)
    if not isinstance(parts, list) or not parts:
        raise ExerciseError(f"{path.name}: no [[part]] found; give the exercise at least one")
    head = _fields(data, Exercise, path.name, without=("parts",))
    made = tuple(_part(part, f"{path.name}, part {number}") for number, part in enumerate(parts, 1))
    exercise = Exercise(**head | {"texts": tuple(head.get("texts", ()))}, parts=made)
    names = [task.task for task in exercise.tasks]
    if twice := {name for name in names if names.count(name) > 1}:
        raise ExerciseError(f"{path.name}: two tasks are called {', '.join(sorted(twice))}; give each a different name")
    return exercise


def load_exercises() -> list[Exercise]:
    """All exercises of the project, in order."""
    return [load_exercise(path.stem) for path in sorted(FOLDER.glob("*.toml"))]


def load_forms() -> list[Exercise]:
    """The two parallel forms of the test, A and B.

    >>> [len(form.tasks[0].items) for form in load_forms()]
    [12, 12]
    """
    return [load_exercise(path) for path in sorted(FORMS.glob("*.toml"))]


def _part(part: Mapping[str, Any], where: str) -> tuple[str, Any]:
    for kind in ("text", "code"):
        if kind in part:
            if len(part) > 1 or not isinstance(part[kind], str):
                raise ExerciseError(
                    f"{where}: a part with {kind} holds nothing else; begin a new [[part]] for the rest"
                )
            return kind, part[kind].strip("\n")
    if "task" not in part:
        raise ExerciseError(f"{where}: a part has text, code or task; this one has {', '.join(part) or 'nothing'}")
    return "task", _task(part, where)


def _task(part: Mapping[str, Any], where: str) -> Task:
    values = _fields(part, Task, where)
    if values["kind"] not in NEEDED:
        raise ExerciseError(f"{where}: kind is {values['kind']!r}; write one of {', '.join(NEEDED)}")
    missing = [name for name in NEEDED[values["kind"]] if name not in values]
    if missing:
        raise ExerciseError(f"{where}: a task to {values['kind']} needs {', '.join(missing)}")
    items = [_fields(item, Item, f"{where}, item {n}") for n, item in enumerate(values.pop("items", ()), 1)]
    task = Task(**{name: tuple(v) if isinstance(v, list) else v for name, v in values.items()}, items=_made(items))
    wrong = [item.id for item in task.items if task.kind == "choose" and item.key not in task.choices(item)]
    if wrong:
        raise ExerciseError(f"{where}: the key of {wrong[0]!r} is not one of the options")
    if task.kind == "rewrite" and task.direction not in DIRECTIONS:
        raise ExerciseError(f"{where}: direction is {task.direction!r}; write one of {', '.join(DIRECTIONS)}")
    return task


def _made(items: Iterable[Mapping[str, Any]]) -> tuple[Item, ...]:
    return tuple(Item(**{name: tuple(v) if isinstance(v, list) else v for name, v in item.items()}) for item in items)


def _fields(table: Any, kind: type, where: str, *, without: Iterable[str] = ()) -> dict[str, Any]:
    """The values of a table, if it has everything that this kind of record needs and nothing unknown."""
    if not isinstance(table, dict):
        raise ExerciseError(f"{where}: write a table with {', '.join(f.name for f in fields(kind))}")
    known = {field.name: field for field in fields(kind) if field.name not in tuple(without)}
    unknown = [name for name in table if name not in known]
    if unknown:
        raise ExerciseError(f"{where}: {unknown[0]!r} is not known here; write one of {', '.join(known)}")
    needed = [name for name, field in known.items() if field.default is field.default_factory]
    missing = [name for name in needed if name not in table]
    if missing:
        raise ExerciseError(f"{where}: {', '.join(missing)} is missing")
    for name, value in table.items():
        if known[name].type.startswith("tuple") and not isinstance(value, list):
            raise ExerciseError(f"{where}: {name} must be a list, in [ and ]")
        if known[name].type in ("str", "int") and type(value).__name__ != known[name].type:
            raise ExerciseError(f"{where}: {name} must be {'text' if known[name].type == 'str' else 'a whole number'}")
    return dict(table)
