"""Marks compared with marks: what both made, what only one made, and how far people agree beyond chance.

Neither side is assumed to be right. Precision and recall measure the machine against the person because that is the
custom; a disagreement may be the person's slip, the machine's, or a fair difference of opinion, and the rows say only
what differs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import pandas as pd

import analysis.frames  # noqa: F401 (no formulas in tables)
from analysis.annotation.corrections import Correction
from analysis.annotation.marks import LAYERS, Mark, check_layer, marks_of, read_marks
from analysis.text.document import Document
from analysis.text.escaping import NO_FORMULAS, escape_html
from analysis.text.vocabulary import FAMILIES

_EDGE = " \t\n\r\u00a0“”„«»‘’\"'.,;:!?()–—-"
SCORES = ("layer", "match", "machine", "person", "both", "precision", "recall", "f1", "same_label")
DISAGREEMENTS = (
    "layer",
    "kind",
    "paragraph",
    "sentence",
    "machine_start",
    "machine_end",
    "person_start",
    "person_end",
    "machine_text",
    "person_text",
    "machine_label",
    "person_label",
    "rule_id",
    "context",
)
KINDS = ("only the machine", "only the person", "other extent", "other label")


@dataclass(frozen=True)
class Comparison:
    """What `compare_annotations` found.

    `scores`: one row per layer and way of matching ("exact": the same words; "overlap": at least one character in
    common). `machine`, `person` and `both` count marks; precision = both / machine, recall = both / person, f1 their
    harmonic mean, each NaN if there is nothing to divide by; `same_label` is the share with the same label among the
    pairs that both labelled.

    `disagreements`: one row each, in the order of the text. Paragraphs and sentences count from 1; a side without a
    mark starts and ends at -1.
    """

    scores: pd.DataFrame
    disagreements: pd.DataFrame


def compare_annotations(
    document: Document,
    marks: Iterable[Mark] | str | Path,
    *,
    against: Iterable[Mark] | str | Path | None = None,
    layers: Iterable[str] | None = None,
) -> Comparison:
    """Compare a person's marks with those of the rules in `document` (or, with `against`, with other marks).

    Marks are a list, or the path of a file with marks: a table, or any format of `analysis.exchange.formats`. `layers`
    are those to compare; by default those in which the person marked anything, so that somebody who was asked to mark
    hedges gets no list of missing names. Marks are matched one to one within a layer: the same words first, then by the
    longest overlap. Quotation marks, white space and punctuation at the edges of a mark do not count.

    >>> from analysis import segment, Article
    >>> document = segment(Article("It may rain, perhaps."))
    >>> machine = [Mark(3, 6, "hedge"), Mark(13, 20, "hedge")]
    >>> result = compare_annotations(document, [Mark(3, 6, "hedge")], against=machine)
    >>> result.scores.loc[0, ["precision", "recall"]].tolist()
    [0.5, 1.0]
    >>> result.disagreements[["kind", "machine_text"]].values.tolist()
    [['only the machine', 'perhaps']]
    """
    person = [_trimmed(document.text, m) for m in _marks(marks, document)]
    machine = [
        _trimmed(document.text, m) for m in (marks_of(document) if against is None else _marks(against, document))
    ]
    wanted = list(LAYERS) if layers is None else [check_layer(layer) for layer in layers]
    if layers is None:
        wanted = [layer for layer in LAYERS if any(m.layer == layer for m in person)]
    scores, rows = [], []
    for layer in wanted:
        a, b = ([m for m in side if m.layer == layer] for side in (machine, person))
        pairs = _match(a, b)
        exact = [(m, p) for m, p in pairs if m[:2] == p[:2]]
        scores += [_score(layer, "exact", a, b, exact), _score(layer, "overlap", a, b, pairs)]
        rows += _disagreements(document, layer, a, b, pairs)
    rows.sort(key=lambda r: min(r[f"{side}_start"] for side in ("machine", "person") if r[f"{side}_start"] >= 0))
    text = dict.fromkeys(SCORES[:2], "str")
    frame = pd.DataFrame(rows, columns=list(DISAGREEMENTS))
    whole = dict.fromkeys(DISAGREEMENTS[2:8], "int64")
    return Comparison(
        pd.DataFrame(scores, columns=list(SCORES)).astype(
            text | dict.fromkeys(SCORES[2:5], "int64") | dict.fromkeys(SCORES[5:], "float64")
        ),
        frame.astype({c: whole.get(c, "str") for c in DISAGREEMENTS}),
    )


def _marks(marks: Iterable[Mark] | str | Path, document: Document) -> Iterable[Mark]:
    return read_marks(marks, document) if isinstance(marks, str | Path) else marks


def _trimmed(text: str, mark: Mark) -> Mark:
    words = text[mark.start : mark.end]
    left, right = len(words) - len(words.lstrip(_EDGE)), len(words) - len(words.rstrip(_EDGE))
    return mark if left == len(words) else mark._replace(start=mark.start + left, end=mark.end - right)


def _match(a: list[Mark], b: list[Mark]) -> list[tuple[Mark, Mark]]:
    """Pairs of overlapping marks, one to one: the same words first, then the longest overlap, then in order."""
    a, b = sorted(a), sorted(b)
    candidates, low = [], 0
    longest = max((m.end - m.start for m in b), default=0)
    for i, m in enumerate(a):
        while low < len(b) and b[low].start + longest <= m.start:
            low += 1
        for j in range(low, len(b)):
            if b[j].start >= m.end:
                break
            shared = min(m.end, b[j].end) - max(m.start, b[j].start)
            if shared > 0:
                candidates.append((m[:2] != b[j][:2], m.label != b[j].label and m[:2] == b[j][:2], -shared, i, j))
    used_a, used_b, pairs = set(), set(), []
    for *_, i, j in sorted(candidates):
        if i not in used_a and j not in used_b:
            used_a.add(i)
            used_b.add(j)
            pairs.append((a[i], b[j]))
    return sorted(pairs)


def _score(layer: str, match: str, a: list, b: list, pairs: list) -> dict:
    nan = float("nan")
    both = len(pairs)
    precision, recall = both / len(a) if a else nan, both / len(b) if b else nan
    f1 = 2 * both / (len(a) + len(b)) if a and b else nan
    labelled = [m.label == p.label for m, p in pairs if m.label and p.label]
    same = sum(labelled) / len(labelled) if labelled else nan
    return dict(zip(SCORES, (layer, match, len(a), len(b), both, precision, recall, f1, same), strict=True))


def _disagreements(
    document: Document, layer: str, machine: list[Mark], person: list[Mark], pairs: list[tuple[Mark, Mark]]
) -> list[dict[str, object]]:
    nothing = Mark(-1, -1, layer)
    sides = [(m, nothing) for m in _rest(machine, [m for m, _ in pairs])]
    sides += [(nothing, p) for p in _rest(person, [p for _, p in pairs])]
    return [_disagreement(document, kind, m, p) for m, p in [*sides, *pairs] if (kind := _kind(m, p))]


def _kind(machine: Mark, person: Mark) -> str | None:
    """How two marks differ; one of them may be missing (it starts at -1). None if they do not differ."""
    if person.start < 0:
        return KINDS[0]
    if machine.start < 0:
        return KINDS[1]
    if machine[:2] != person[:2]:
        return KINDS[2]
    return KINDS[3] if machine.label and person.label and machine.label != person.label else None


def _disagreement(document: Document, kind: str, machine: Mark, person: Mark) -> dict[str, object]:
    index = document.sentence_index(min(mark.start for mark in (machine, person) if mark.start >= 0))
    sentence = document.sentences[index]
    values = (
        machine.layer,
        kind,
        sentence.paragraph + 1,
        index + 1,
        *machine[:2],
        *person[:2],
        *(document.text[mark.start : mark.end] for mark in (machine, person)),
        machine.label,
        person.label,
        machine.rule_id,
        document.text[sentence.start : sentence.end],
    )
    return dict(zip(DISAGREEMENTS, values, strict=True))


def _rest(marks: list[Mark], used: list[Mark]) -> list[Mark]:
    left = list(marks)
    for m in used:
        left.remove(m)
    return left


def disagreements_html(comparison: Comparison, *, names: tuple[str, str] = ("the machine", "you")) -> str:
    """Every disagreement, with the sentence around it, as an HTML table that asks rather than judges."""
    rows = comparison.disagreements
    if rows.empty:
        return "<p>No disagreement in these layers.</p>"
    cell = "padding:4px 8px;vertical-align:top;text-align:left"
    head = "".join(
        f'<th scope="col" style="{cell}">{escape_html(h)}</th>'
        for h in ("where", "what", f"{names[0]} marked", f"{names[1]} marked", "the sentence")
    )
    body = []
    for r in rows.itertuples():
        sides = [
            f"{escape_html(text)} <small>{escape_html(label)}</small>" if text else "nothing"
            for text, label in ((r.machine_text, r.machine_label), (r.person_text, r.person_label))
        ]
        values = (
            f"paragraph {r.paragraph}",
            f"{escape_html(r.layer)}: {_named(r.kind, names)}",
            *sides,
            escape_html(r.context),
        )
        who = ("", "", *(f' data-who="{escape_html(name)}"' for name in names), "")  # shown where columns do not fit
        cells = (f'<td{by} style="{cell}">{v}</td>' for by, v in zip(who, values, strict=True))
        body.append(f"<tr>{''.join(cells)}</tr>")
    count = "1 disagreement" if len(rows) == 1 else f"{len(rows)} disagreements"
    return (
        f'<table {NO_FORMULAS} style="border-collapse:collapse"><caption style="text-align:left">'
        f"{count}. For each, ask: who has the better reason?</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table>"
    )


def _named(kind: str, names: tuple[str, str]) -> str:
    return escape_html(kind.replace("the machine", names[0]).replace("the person", names[1]))


def accept(comparison: Comparison, rows: Iterable[int], *, by: str = "", why: str = "") -> list[Correction]:
    """Corrections that turn the machine's marks into the person's, for these rows of `disagreements` (by their index).

    This is for markers and names only: an attribution has parts that belong together, so write its corrections by hand.
    Raises ValueError for a row of another layer, or a hedge that the person gave no label.
    """
    out = []
    for index in rows:
        r = comparison.disagreements.loc[index]
        if r["layer"] not in (*FAMILIES, "name"):
            raise ValueError(f"row {index} is a {r['layer']}; only hedges, boosters, bounds and names can be accepted")
        machine, person = ((int(r[f"{side}_start"]), int(r[f"{side}_end"])) for side in ("machine", "person"))
        if r["kind"] == KINDS[3]:
            out.append(Correction("relabel", r["layer"], *machine, label=r["person_label"], by=by, why=why))
            continue
        label = r["person_label"] or r["machine_label"]
        if r["person_text"] and r["layer"] == "hedge" and not label:
            raise ValueError(f"row {index}: give the hedge {r['person_text']!r} a label first")
        if r["machine_text"]:
            out.append(Correction("remove", r["layer"], *machine, by=by, why=why))
        if r["person_text"]:
            out.append(Correction("add", r["layer"], *person, label=label, by=by, why=why))
    return out


# ---------------------------------------------------------------- agreement between people


def agreement(
    document: Document,
    people: Mapping[str, Iterable[Mark]],
    *,
    layer: str = "hedge",
    unit: str = "word",
    labels: bool = False,
) -> pd.DataFrame:
    """How far people agree beyond chance on what they marked in one layer.

    Every `unit` of the text ("word" or "sentence") is a case that each person judged: marked or not or, with `labels`,
    the label given. There is one row for each pair, with Cohen's kappa (Cohen 1960), and one, "everyone", with
    Krippendorff's alpha for nominal data (Krippendorff 2011); both come from NLTK. `observed` is the plain share of
    cases judged alike. 1 is full agreement, 0 what chance alone would give; NaN if nobody marked anything, or everybody
    marked everything. Most words are not marked, so `observed` is usually high for words: read kappa or alpha instead.

    >>> from analysis import segment, Article
    >>> document = segment(Article("It may rain or it might snow."))
    >>> may, might = Mark(3, 6, "hedge"), Mark(18, 23, "hedge")
    >>> table = agreement(document, {"Ada": [may, might], "Ben": [may]})
    >>> table.round(2).values.tolist()
    [['Ada, Ben', "Cohen's kappa", 7, 0.86, 0.59], ['everyone', "Krippendorff's alpha", 7, 0.86, 0.61]]
    """
    return agreement_over([(document, people)], layer=layer, unit=unit, labels=labels)


def agreement_over(
    texts: Iterable[tuple[Document, Mapping[str, Iterable[Mark]]]],
    *,
    layer: str = "hedge",
    unit: str = "word",
    labels: bool = False,
) -> pd.DataFrame:
    """`agreement` over several texts as if they were one: each with the marks of the same people."""
    check_layer(layer)
    units: list[tuple[int, int]] = []
    judged: dict[str, list[str]] = {}
    for document, people in texts:
        if len(people) < 2:
            raise ValueError("agreement needs the marks of at least two people")
        units += (here := _units(document, unit))
        for name, marks in people.items():
            judged.setdefault(name, []).extend(_judge(here, [m for m in marks if m.layer == layer], labels))
    rows = []
    for a, b in combinations(judged, 2):
        rows.append(
            (
                f"{a}, {b}",
                "Cohen's kappa",
                len(units),
                _observed([judged[a], judged[b]]),
                _measure({a: judged[a], b: judged[b]}, "kappa"),
            )
        )
    rows.append(
        ("everyone", "Krippendorff's alpha", len(units), _observed(list(judged.values())), _measure(judged, "alpha"))
    )
    return pd.DataFrame(rows, columns=["people", "measure", "cases", "observed", "value"]).astype(
        {"people": "str", "measure": "str", "cases": "int64", "observed": "float64", "value": "float64"}
    )


def _units(document: Document, unit: str) -> list[tuple[int, int]]:
    if unit == "sentence":
        return [(s.start, s.end) for s in document.sentences]
    if unit == "word":
        t = document.tokens
        return [(s, e) for s, e, w in zip(t.starts, t.ends, t.words, strict=True) if w[0].isalnum()]
    raise ValueError(f"{unit!r} is not a unit; write 'word' or 'sentence'")


def _judge(units: list[tuple[int, int]], marks: list[Mark], labels: bool) -> list[str]:
    """For each unit, "" if no mark touches it, otherwise the label of the first mark that does (or "marked")."""
    marks, out, low = sorted(marks), [], 0
    reach = max((m.end - m.start for m in marks), default=0)
    for start, end in units:
        while low < len(marks) and marks[low].start + reach <= start:
            low += 1
        hit = next((m for m in marks[low : low + 50] if m.start < end and start < m.end), None)
        out.append("" if hit is None else (hit.label if labels else "") or "marked")
    return out


def _observed(columns: list[list[str]]) -> float:
    """The mean over all pairs of people of the share of cases judged alike."""
    shares = [sum(x == y for x, y in zip(a, b, strict=True)) / len(a) for a, b in combinations(columns, 2) if a]
    return sum(shares) / len(shares) if shares else float("nan")


def _measure(judged: Mapping[str, list[str]], name: str) -> float:
    from nltk.metrics.agreement import AnnotationTask

    data = [(who, str(k), value) for who, column in judged.items() for k, value in enumerate(column)]
    if len({value for *_, value in data}) < 2:
        return float("nan")
    return float(getattr(AnnotationTask(data=data), name)())
