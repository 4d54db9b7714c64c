"""What a text says about a number besides the number itself, in words for a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def said_of_number(
    *,
    change: str = "",
    basis: str = "",
    unverified: str = "",
    disputed: str = "",
    same: Iterable[str] = (),
    agrees: bool,
) -> Iterator[str]:
    """Each thing that the text says about it; `same` are the words of other mentions, `agrees` whether all of them
    agree.

    >>> list(said_of_number(basis="the ministry", same=["nearly two thirds"], agrees=True))
    ['citing the ministry', 'again as nearly two thirds']
    """
    if change:
        yield f"“{change.replace(' … ', ' ')}”"
    if basis:
        yield f"citing {basis}"
    if unverified:
        yield f"“{unverified}”"
    if disputed:
        yield f"disputed by {disputed}"
    if others := ", ".join(dict.fromkeys(filter(None, same))):
        yield f"again as {others}" if agrees else f"also as {others}, which does not agree"
