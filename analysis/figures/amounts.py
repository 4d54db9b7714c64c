"""Numbers in figures and in the sentences about them, written as the current style asks."""

from __future__ import annotations

from math import isnan

from analysis.figures.theme import EXAMPLE, active


def num(value: float, decimals: int = 0) -> str:
    """A number with its thousands separated.

    >>> from analysis.figures import style
    >>> with style(numbers="1.234,5"):
    ...     print(num(1234.56, 1), num(1200), num(-0.5, 1))
    1.234,6 1.200 -0,5
    """
    return _local(f"{value:,.{decimals}f}")


def _local(written: str) -> str:
    thousands, point = EXAMPLE.match(active().numbers).groups()  # type: ignore[union-attr]
    return written.translate({ord(","): thousands, ord("."): point})


def percent(share: float) -> str:
    """A share from 0 to 1 as a percentage; "–" if it cannot be computed.

    >>> percent(0.125), percent(float("nan")), percent(0.001)
    ('12%', '–', '0.1%')
    """
    if isnan(share):
        return "–"
    return active().percent.replace("12", num(100 * share, 1 if 0 < share < 0.01 else 0))


def count(n: int, one: str, many: str | None = None) -> str:
    """A number with its noun.

    >>> count(1, "hedge"), count(1200, "word")
    ('1 hedge', '1,200 words')
    """
    return f"{num(n)} {one if n == 1 else many or one + 's'}"
