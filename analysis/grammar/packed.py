"""Records of a long text as columns of numbers, a tenth of what objects take; each is made when it is asked for."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar, overload

R = TypeVar("R", bound=tuple[Any, ...])
MANY = 250_000  # tokens of a text that memory is spared for


class Packed(Sequence[R]):
    """A list of records of one class of named tuples, whose fields are numbers from 0 up or a few other values.

    >>> from analysis.grammar.chunks import Chunk
    >>> chunks = Packed(Chunk)
    >>> chunks.extend([Chunk("NP", 0, 2, 1), Chunk("VG", 2, 3, 2)])
    >>> chunks[-1], len(chunks), chunks[:1]
    (Chunk(kind='VG', first=2, last=3, head=2), 2, [Chunk(kind='NP', first=0, last=2, head=1)])
    """

    __slots__ = ("_codes", "_columns", "_kind", "_values")

    def __init__(self, kind: type[R]) -> None:
        self._kind = kind
        self._columns = [array("i") for _ in kind._fields]  # type: ignore[attr-defined]
        self._values: list[Any] = []  # what is no number, by its code: -1 is the first
        self._codes: dict[Any, int] = {}

    def extend(self, records: Iterable[R]) -> None:
        """Add records."""
        for record in records:
            for column, value in zip(self._columns, record, strict=True):
                column.append(value if type(value) is int else self._code(value))

    def append(self, record: R) -> None:
        """Add a record."""
        self.extend((record,))

    def _code(self, value: Any) -> int:
        code = self._codes.get(value)
        if code is None:
            self._values.append(value)
            code = self._codes[value] = -len(self._values)
        return code

    def _record(self, numbers: Iterable[int]) -> R:
        values = self._values
        return tuple.__new__(self._kind, [n if n >= 0 else values[~n] for n in numbers])

    def __len__(self) -> int:
        return len(self._columns[0])

    @overload
    def __getitem__(self, at: int) -> R: ...
    @overload
    def __getitem__(self, at: slice) -> list[R]: ...
    def __getitem__(self, at: int | slice) -> R | list[R]:
        if isinstance(at, slice):
            return [self._record(numbers) for numbers in zip(*(column[at] for column in self._columns), strict=True)]
        return self._record([column[at] for column in self._columns])

    def __iter__(self) -> Iterator[R]:
        return map(self._record, zip(*self._columns, strict=True))
