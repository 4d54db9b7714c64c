"""The benchmarks' scorers: each figure on a document small enough to work it out by hand."""

import datetime
import tomllib
from collections import Counter
from pathlib import Path

import nbformat
import pytest
from scoring import attribution, entities, grammar, hedging, interval, match, prf

ROOT = Path(__file__).resolve().parent.parent
TEXT = "“It may rain,” Ann Reed of Tarn said. Omar Diallo said it was late. The vote failed, Reed added."


def span(part):
    start = TEXT.index(part)
    return [start, start + len(part)]


def made(source, content, rule="R"):
    return {"source": [span(source)], "cue": [], "content": [span(content)], "parent": None, "rule_id": rule}


def test_who_said_what_needs_the_content_and_the_head_of_the_source():
    gold = {"text": TEXT, "attributions": [made("Ann Reed of Tarn", "It may rain"), made("Omar Diallo", "it was late")]}
    record = {
        "attributions": [
            made("Reed of Tarn", "It may rain", "A"),  # the same head, Reed
            made("Omar", "it was late", "B"),  # the wrong head
            made("Reed", "The vote failed", "A"),
        ]
    }  # not in the gold
    counts = attribution.score(gold, record, [(0, 14)])
    assert prf(counts, "detection, all") == (2 / 3, 1.0, 0.8)
    assert prf(counts, "who said what, all") == (1 / 3, 0.5, 0.4)
    assert prf(counts, "who said what, quoted") == (1.0, 1.0, 1.0)
    assert (counts["rule", "A", "right"], counts["rule", "A", "predicted"], counts["rule", "B", "right"]) == (1, 2, 0)


def test_content_that_shares_less_than_half_is_not_found():
    gold = {"text": TEXT, "attributions": [made("Omar Diallo", "Omar Diallo said it was late")]}
    record = {"attributions": [made("Omar Diallo", "it was")]}
    assert prf(attribution.score(gold, record, []), "detection, all")[2] == 0


def test_cues_pair_by_overlap_and_sentences_by_label():
    gold = {"label": 1, "cues": [[0, 5, "epistemic"], [10, 12, "doxastic"]]}
    record = {
        "markers": [
            {"start": 3, "end": 8, "category": "possibility", "rule_id": "A", "strength": 0.5},
            {"start": 20, "end": 25, "category": "belief", "rule_id": "B", "strength": 0.5},
            {"start": 10, "end": 12, "category": "booster", "rule_id": "C", "strength": 0.0},
        ]
    }
    counts = hedging.score(gold, record, "szeged")
    assert prf(counts, "cue") == (0.5, 0.5, 0.5)
    assert prf(counts, "sentence") == (1.0, 1.0, 1.0)
    assert (counts["recall of epistemic", "right"], counts["recall of doxastic", "right"]) == (1, 0)


def test_rank_correlation():
    assert hedging.spearman([(1, 1), (2, 3), (3, 2)]) == pytest.approx(0.5)
    assert hedging.ranks([5, 7, 5]) == [1.5, 3.0, 1.5]


def test_names_are_compared_without_titles_and_possessives():
    text = "President Ana Silva's plan for Oslo. Silva left Bergen."
    gold = {
        "text": text,
        "ignore": [],
        "annotated": ["PER", "LOC"],
        "clusters": True,
        "entities": [
            {"start": 10, "end": 19, "type": "PER", "cluster": 1},
            {"start": 31, "end": 35, "type": "LOC", "cluster": 2},
            {"start": 37, "end": 42, "type": "PER", "cluster": 1},
        ],
    }
    record = {
        "mentions": [
            {"start": 0, "end": 21, "label": "PERSON", "entity": "e1", "rule_id": "A"},
            {"start": 31, "end": 35, "label": "ORG", "entity": "e2", "rule_id": "A"},
            {"start": 37, "end": 42, "label": "PERSON", "entity": "e1", "rule_id": "A"},
            {"start": 48, "end": 54, "label": "GPE", "entity": "e3", "rule_id": "A"},
        ]
    }
    counts = entities.score(gold, record)
    assert [counts["names", part] for part in ("right", "predicted", "gold")] == [2, 3, 3]  # ORG is not annotated
    assert [counts["typed", part] for part in ("right", "predicted", "gold")] == [2, 4, 3]
    assert prf(counts, "aliases") == (1.0, 1.0, 1.0)


def test_the_heaviest_pair_comes_first():
    assert match({(0, 0): 0.5, (0, 1): 0.9, (1, 1): 0.8, (1, 0): 0.1}) == {0: 1, 1: 0}


def test_an_interval_holds_the_value_and_is_the_same_each_time():
    documents = [Counter({("m", "right"): k, ("m", "predicted"): 10, ("m", "gold"): 10}) for k in range(10)]

    def f1(drawn):
        return prf(sum(drawn, Counter()), "m")[2]

    low, high = interval(documents, f1)
    assert low < f1(documents) < high
    assert (low, high) == interval(documents, f1)


def test_grammar_is_held_against_a_treebank():
    gold = {
        "text": "They say it is late.",
        "tokens": [
            [0, 4, "PRON"],
            [5, 8, "VERB"],
            [9, 11, "PRON"],
            [12, 14, "AUX"],
            [15, 19, "ADJ"],
            [19, 20, "PUNCT"],
        ],
        "clauses": [
            {"start": 0, "end": 19, "verb": [5, 8], "subject": [0, 4], "rel": "root"},
            {"start": 9, "end": 19, "verb": [15, 19], "subject": [9, 11], "rel": "ccomp"},
        ],
    }
    record = {
        "tokens": [
            [0, 4, "PRON"],
            [5, 8, "NOUN"],
            [9, 11, "PRON"],
            [12, 14, "AUX"],
            [15, 19, "ADJ"],
            [19, 20, "PUNCT"],
        ],
        "clauses": [
            {"start": 0, "end": 19, "verb": [5, 8], "subject": [0, 4]},
            {"start": 9, "end": 19, "verb": [12, 14], "subject": None},
        ],
    }
    counts = grammar.score(gold, record)
    assert (counts["recall of tags", "right"], counts["recall of tags", "gold"]) == (
        4,
        5,
    )  # "say"; the stop is not counted
    assert (counts["recall of predicates", "right"], counts["recall of predicates", "gold"]) == (2, 2)
    assert prf(counts, "subject") == (1.0, 0.5, 2 / 3)
    assert (counts["recall of clause starts", "right"], counts["recall of clause ends", "right"]) == (1, 1)


@pytest.mark.parametrize(
    ("head", "where", "number_of_rows"),
    [("developed on", ("accuracy", "measured elsewhere"), 9), ("kept apart (0.1.0)", ("measured elsewhere",), 9)],
)
def test_the_readme_quotes_what_was_measured(head, where, number_of_rows):
    import results

    readme = (ROOT / "README.md").read_text("utf-8")
    lines = readme.partition(f"| {head} |")[2].partition("\n\n")[0].splitlines()[2:]
    quoted = [line.split("|")[3].strip() for line in lines]
    assert len(quoted) == number_of_rows
    parts = results.parts_of((ROOT / "benchmarks/RESULTS.md").read_text("utf-8"))
    measured = "\n".join(parts[part] for part in where)
    assert [number for number in quoted if f"| {number} |" not in measured] == []


def test_what_was_measured_elsewhere_is_dated_and_stands_in_the_results():
    import results

    tables = tomllib.loads(results.ELSEWHERE.read_text("utf-8"))["table"]
    for given in tables:
        assert given["version"]
        assert isinstance(given["date"], datetime.date)
        assert all(len(row) == 6 for row in given["rows"])
    kept = results.parts_of((ROOT / "benchmarks/RESULTS.md").read_text("utf-8"))["measured elsewhere"]
    assert kept == results.elsewhere_part()


def test_notebook_9_shows_texts_kept_apart_beside_texts_developed_on():
    import results

    given = tomllib.loads(results.ELSEWHERE.read_text("utf-8"))["table"][0]
    notebook = nbformat.read(ROOT / "notebooks/09-how-far-to-trust-it.ipynb", as_version=4)
    shown = [
        output.data["text/plain"]
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if "text/plain" in output.get("data", {})
    ]
    (apart,) = (text for text in shown if f"kept apart: version {given['version']}, {given['date']}" in text)
    rows = {tuple(line.split(" | ")[:2]): line.split(" | ")[2:] for line in apart.splitlines()}
    for what, corpus, _, _, f1, other in given["rows"]:
        assert rows[what, corpus][1:] == [f"{f1:.1f}", other]
    assert rows["who said what, quoted", "PolNeAR, test part"][0] == "85.8"  # as developed on; from results.json
    assert rows["hedges", "15 of the 34 articles from the web"][0] == "97.0"  # from elsewhere.toml
    assert any("We annotated it ourselves, by careful reading" in text for text in shown)


def test_results_are_kept_where_there_is_nothing_to_measure(tmp_path, monkeypatch, capsys):
    import results

    for name in ("NUMBERS", "RESULTS"):
        (tmp_path / name).write_text("kept", "utf-8")
        monkeypatch.setattr(results, name, tmp_path / name)
    monkeypatch.setattr("sys.argv", ["results.py", "--corpora", str(tmp_path)])
    with pytest.raises(SystemExit):
        results.main()
    assert "none of the corpora is in this folder; their files are called polnear_train" in capsys.readouterr().err
    assert {(tmp_path / name).read_text("utf-8") for name in ("NUMBERS", "RESULTS")} == {"kept"}
