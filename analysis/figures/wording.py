"""Words that several figures and their descriptions share."""

from __future__ import annotations

from collections.abc import Sequence

from analysis import __version__
from analysis.figures.amounts import count
from analysis.measures import Tables
from analysis.measures.differences import Difference
from analysis.measures.paths import source_paths


def source_line(t: Tables) -> str:
    """Where the data of a figure comes from: the article, and the rules that marked it."""
    a = t["articles"]
    if len(a) == 1:
        row = a.iloc[0]
        title = row["title"] if isinstance(row["title"], str) else row["doc_id"]
        outlet = f", {row['outlet']}" if isinstance(row["outlet"], str) else ""
        what = f"{title}{outlet}"
    else:
        what = count(len(a), "article")
    return f"{what}; marked by the rules of analysis {__version__}"


def the_article(t: Tables) -> str:
    """ "this article", or "these articles"."""
    return agree(t, "this article", "these articles")


def agree(t: Tables, one: str, several: str) -> str:
    """The form of a verb that goes with `the_article`: "is" for one article, "are" for several."""
    return one if len(t["articles"]) == 1 else several


def in_sentences(t: Tables) -> str:
    """The size of the text.

    >>> from analysis import annotate, make_tables
    >>> in_sentences(make_tables(annotate("It may rain.")))
    '1 sentence'
    """
    return count(len(t["sentences"]), "sentence")


def listed(items: Sequence[str]) -> str:
    """Items in a sentence.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    return " and ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)


def second_hand(t: Tables, *, most: int = 4) -> str:
    """A sentence about who is heard through whom; empty if nobody is. It names at most `most` of each.

    >>> from analysis import annotate, make_tables
    >>> second_hand(make_tables(annotate("Ann Reed said that it was late, reported Reuters.")))
    'Heard through others: Ann Reed through Reuters.'
    """
    inside: dict[str, dict[str, None]] = {}
    for path in source_paths(t["attributions"]).values():
        if len(path) > 1:
            inside.setdefault(path[-2].voice, {})[path[-1].voice] = None
    if not inside:
        return ""
    parts = []
    for outer, found in list(inside.items())[:most]:
        names = [*list(found)[:most], *([f"{len(found) - most} more"] if len(found) > most else [])]
        parts.append(f"{listed(names)} through {outer}")
    rest = f"; and others through {count(len(inside) - most, 'more source')}" if len(inside) > most else ""
    return f"Heard through others: {'; '.join(parts)}{rest}."


def said_of(difference: Difference | None, what: str) -> str:
    """A sentence on what an exact test says about the lowest and the highest of some groups; empty for fewer than two.

    >>> from analysis.measures.differences import Count, of_rates
    >>> said_of(of_rates([Count("Reed", 30, 1000), Count("Cole", 1, 1000)]), "hedges")
    'Reed has more hedges than Cole, by more than chance (exact test, corrected for picking the two: p < 0.001).'
    >>> said_of(of_rates([Count("Reed", 3, 1000), Count("Cole", 1, 1000)]), "hedges")
    'The differences between them could be chance (exact test of the lowest against the highest: p = 0.62).'
    """
    if difference is None:
        return ""
    p = "p < 0.001" if difference.p < 0.001 else f"p = {difference.p:.2g}"
    if difference.found:
        more, fewer = difference.highest.name, difference.lowest.name
        return (
            f"{capital(more)} has more {what} than {fewer}, by more than chance (exact test, corrected for picking "
            + (f"the two: {p}).")
        )
    return f"The differences between them could be chance (exact test of the lowest against the highest: {p})."


def capital(sentence: str) -> str:
    """The sentence with a capital at its start."""
    return sentence[:1].upper() + sentence[1:]
