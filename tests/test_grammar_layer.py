"""The grammar layer: tags, chunks, subjects and clause ends that a person worked out, and what holds for any text."""

import json
from itertools import pairwise
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.cli import main
from analysis.grammar import Grammar, analyse, grammar_of, grammar_record
from analysis.grammar.packed import Packed
from analysis.text.article import Article
from analysis.text.document import Document
from analysis.text.segmentation import segment


def read(text: str) -> tuple[Document, Grammar]:
    document = segment(Article(text))
    return document, analyse(document)


def words(document: Document, first: int, last: int) -> str:
    return document.text[document.tokens.starts[first] : document.tokens.ends[last - 1]]


def clauses(text: str) -> list[tuple[str, str | None, str]]:
    """Verb, whole subject and text of each finite clause."""
    document, grammar = read(text)
    found = []
    for k, clause in enumerate(grammar.clauses):
        if clause.finite and clause.verb is not None:
            verb, subject = grammar.chunks[clause.verb], grammar.subject_of(k)
            whole = words(document, *grammar.phrase(subject)) if subject is not None else None
            found.append((words(document, verb.first, verb.last), whole, words(document, clause.first, clause.last)))
    return found


def chunks(text: str) -> str:
    document, grammar = read(text)
    return " ".join(f"[{c.kind} {words(document, c.first, c.last)}]" for c in grammar.chunks)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The two states to have signed a treaty with Lorvia - Estany and Kell - criticised the plan.",
            [("criticised", "The two states to have signed a treaty with Lorvia - Estany and Kell")],
        ),
        (
            "The minister, who had said the bridge was safe, told reporters on Friday that it would close.",
            [
                ("told", "The minister, who had said the bridge was safe"),
                ("had said", "who"),
                ("was", "the bridge"),
                ("would close", "it"),
            ],
        ),
        (
            "Ann Reed, of the union, and Tom Hart said they would vote.",
            [("said", "Ann Reed, of the union, and Tom Hart"), ("would vote", "they")],
        ),
        ("Officials briefed on the plan said it was late.", [("said", "Officials briefed on the plan"), ("was", "it")]),
        ("“It will rain,” said Ann Reed, a lawyer.", [("said", "Ann Reed, a lawyer"), ("will rain", "It")]),
        ("“It rained”, reported Norland News.", [("reported", "Norland News"), ("rained", "It")]),
        (
            "He praised the plan, while the league condemned it and found it weak.",
            [("praised", "He"), ("condemned", "the league"), ("found", "the league")],
        ),
        (
            "Reed said the plan failed and called for talks.",
            [("said", "Reed"), ("failed", "the plan"), ("called", "the plan")],
        ),
        ("The man who knew the answer left.", [("left", "The man who knew the answer"), ("knew", "who")]),
        (
            "The plan the officials wrote failed.",
            [("failed", "The plan the officials wrote"), ("wrote", "the officials")],
        ),
        ("Reed, a lawyer for the firm, said it was over.", [("said", "Reed, a lawyer for the firm"), ("was", "it")]),
        ("Reed met the mayor, a friend of his sister, in Oslo.", [("met", "Reed")]),
        ("Two union leaders and a lawyer left.", [("left", "Two union leaders and a lawyer")]),
        ("Closing the border was wrong.", [("was", "Closing the border")]),
        ("What he said is true.", [("is", "What"), ("said", "he")]),
        ("Did the minister of works go?", [("go", "the minister of works")]),
        ("What were they told?", [("told", "they")]),
        ("In May, officials left.", [("left", "officials")]),
        ("Last week the court ruled that he must pay.", [("ruled", "the court"), ("must pay", "he")]),
        ("The bridge, Reed said, was safe.", [("was", "The bridge"), ("said", "Reed")]),
        ("There was a way out.", [("was", "a way")]),
        ("A letter written by Reed was found.", [("was found", "A letter written by Reed")]),
        ("It had him fill a form.", [("had", "It")]),
        ("OSLO, May 3 - The court left.", [("left", "The court")]),
        ("He called it “a shame” and left.", [("called", "He"), ("left", "He")]),
        ("The “Never Again” campaign left.", [("left", "The “Never Again” campaign")]),
        ("The court (the highest in Norland) left.", [("left", "The court (the highest in Norland)")]),
        ("Madam Speaker, we left.", [("left", "we")]),
        ("It rained, said officials briefed on it.", [("said", "officials briefed on it"), ("rained", "It")]),
        ("It was late, an official told reporters.", [("told", "an official"), ("was", "It")]),
        ("It was late, Ann Reed, a lawyer in Oslo, said.", [("said", "Ann Reed, a lawyer in Oslo"), ("was", "It")]),
        ("Reed, Tom Cole of the union and Kell left.", [("left", "Reed, Tom Cole of the union and Kell")]),
        ("He saw Reed, and Cole left.", [("saw", "He"), ("left", "Cole")]),
        ("Officials in Oslo, Norland, left.", [("left", "Officials in Oslo, Norland")]),
    ],
)
def test_verbs_have_their_subjects(text, expected):
    assert [(verb, subject) for verb, subject, _ in clauses(text)] == expected


@pytest.mark.parametrize(
    ("text", "verb", "clause"),
    [
        ("The minister, who had said the bridge was safe, told them.", "was", "the bridge was safe"),
        ("The minister, who had said the bridge was safe, told them.", "had said", "who had said the bridge was safe"),
        ("He left after the war ended, Reed said.", "ended", "after the war ended"),
        ("He left after the war ended, Reed said.", "left", "He left after the war ended"),
        ("The plan failed, officials said on Friday.", "failed", "The plan failed"),
        ("The plan failed, officials said on Friday.", "said", "The plan failed, officials said on Friday"),
        ("It rained, said Ann Reed, a lawyer.", "rained", "It rained"),
        ("When the war ended, he left.", "ended", "When the war ended"),
        ("As Reed said, “it rained”.", "said", "As Reed said"),
        ("Reed said the plan failed, adding that it was late.", "failed", "the plan failed"),
        ("Reed said the plan failed, leaving a gap.", "failed", "the plan failed, leaving a gap"),
        ("She said that it rained and that it snowed.", "rained", "that it rained and that it snowed"),
        ("She said that it rained and that it snowed.", "snowed", "that it snowed"),
        ("They asked how he left, and she stayed.", "left", "how he left"),
        ("The law that passed is new.", "passed", "that passed"),
        ("He works as a guard because he must.", "must", "because he must"),
    ],
)
def test_a_clause_ends_where_it_does(text, verb, clause):
    assert [whole for found, _, whole in clauses(text) if found == verb] == [clause]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Two officials in Oslo were not told of it last week.",
            "[NP Two officials] [P in] [NP Oslo] [VG were not told] [P of] [NP it] [TIME last week] [MARK .]",
        ),
        (
            "He has long wanted to leave.",
            "[NP He] [VG has long wanted] [VG to leave] [MARK .]",
        ),
        (
            "Reed’s eldest son left on June 8, 2014.",
            "[NP Reed’s eldest son] [VG left] [P on] [TIME June 8, 2014] [MARK .]",
        ),
        (
            "“It rained,” she said.",
            "[QUOTE “It rained,”] [NP she] [VG said] [MARK .] [NP It] [VG rained] [MARK ,]",
        ),
        ("More than 200 people left.", "[NP More than 200 people] [VG left] [MARK .]"),
    ],
)
def test_phrases(text, expected):
    assert chunks(text) == expected


def test_tags_are_those_of_universal_dependencies():
    document, grammar = read("She hasn't said that Norland’s two old bridges, to be honest, will close.")
    assert list(zip(document.tokens.lowers, grammar.tags, strict=True)) == [
        ("she", "PRON"),
        ("hasn't", "AUX"),
        ("said", "VERB"),
        ("that", "SCONJ"),
        ("norland", "PROPN"),
        ("'s", "PART"),
        ("two", "NUM"),
        ("old", "ADJ"),
        ("bridges", "NOUN"),
        (",", "PUNCT"),
        ("to", "PART"),
        ("be", "AUX"),
        ("honest", "ADJ"),
        (",", "PUNCT"),
        ("will", "AUX"),
        ("close", "VERB"),
        (".", "PUNCT"),
    ]


# ---------------------------------------------------------------- questions


def test_what_a_verb_group_tells():
    _, grammar = read("He has not been told. She wants to leave. It could have rained.")
    groups = [grammar.verb_group(k) for k, c in enumerate(grammar.chunks) if c.kind == "VG"]
    assert [(g.form, g.passive, g.negated, g.modal) for g in groups] == [
        ("finite", True, True, False),
        ("finite", False, False, False),
        ("infinitive", False, False, False),
        ("finite", False, False, True),
    ]
    assert [grammar.lemma(k) for k, c in enumerate(grammar.chunks) if c.kind == "VG"] == [
        "tell",
        "want",
        "leave",
        "rain",
    ]


def test_a_phrase_takes_with_it_what_is_asked_for():
    document, grammar = read("The head of the union in Oslo, a lawyer, and Tom Cole, who lives there, left.")

    def phrase(**parts):
        return words(document, *grammar.phrase(0, **parts))

    assert phrase(prepositions=False, coordination=False, apposition=False, relatives=False) == "The head of the union"
    assert phrase(coordination=False, apposition=False, relatives=False) == "The head of the union in Oslo"
    assert phrase(coordination=False, relatives=False) == "The head of the union in Oslo, a lawyer"


def test_names_that_are_joined():
    document, grammar = read("Ann Reed, Tom Cole of the union and Kell left.")
    assert [grammar.word(k) for k in grammar.conjuncts(0)] == ["reed", "cole", "kell"]
    assert grammar.conjuncts(grammar.chunk_at[len(document.tokens) - 2]) == [len(grammar.chunks) - 2]


def test_who_did_it_and_what_a_relative_clause_belongs_to():
    _, grammar = read("The bill that was signed by Ann Reed in May is new.")
    relative = next(k for k, c in enumerate(grammar.clauses) if c.kind == "relative")
    assert grammar.word(grammar.agent(relative)) == "reed"
    assert grammar.word(grammar.antecedent(relative)) == "bill"


def test_a_quotation_is_one_chunk_and_a_text_of_its_own():
    document, grammar = read("“We left. It rained,” Reed said.")
    kinds = [c.kind for c in grammar.chunks]
    assert kinds[:4] == ["QUOTE", "NP", "VG", "MARK"]
    assert [s.quote for s in grammar.segments] == [None, 0, 0]
    inner = grammar.clauses[1]
    assert words(document, inner.first, inner.last) == "We left"
    assert inner.parent == 0  # the clause of "said" holds the quotation
    assert grammar.around(0) == (None, 1)
    assert grammar.around(3) == (2, None)


def test_time_and_verbs_in_a_range():
    document, grammar = read("He left on Friday because it rained.")
    on = document.tokens.lowers.index("on")
    assert grammar.is_time(on, on + 2)
    assert not grammar.is_time(0, on + 2)
    assert grammar.has_finite_verb(0, on)
    assert not grammar.has_finite_verb(on, on + 2)


def test_it_is_computed_once_whatever_layers_are_added():
    document = segment(Article("It rained."))
    assert grammar_of(document) is grammar_of(document)


# ---------------------------------------------------------------- the command


def test_annotate_with_grammar(tmp_path, capsys):
    (tmp_path / "a.txt").write_text("Officials say it is late.", "utf-8")
    assert main(["annotate", "--with", "grammar", str(tmp_path / "a.txt"), "-o", str(tmp_path / "o.jsonl")]) == 0
    found = json.loads((tmp_path / "o.jsonl").read_text("utf-8"))["grammar"]
    assert found["tokens"][:3] == [[0, 9, "NOUN"], [10, 13, "VERB"], [14, 16, "PRON"]]
    assert found["clauses"] == [
        {"start": 0, "end": 24, "verb": [10, 13], "subject": [0, 9]},
        {"start": 14, "end": 24, "verb": [17, 19], "subject": [14, 16]},
    ]
    assert main(["annotate", str(tmp_path / "a.txt"), "-o", str(tmp_path / "p.jsonl")]) == 0
    assert "grammar" not in json.loads((tmp_path / "p.jsonl").read_text("utf-8"))


# ---------------------------------------------------------------- any text


PIECES = [
    *"said that who , . “ ” ( ) [ ] - and the officials left briefed by to 's Reed May 2014 if when not old".split(),
    *"of ; : ? was has been will after as what 20 % Norland".split(),
    "\n\n",
]


def check(document: Document, grammar: Grammar) -> None:
    size = len(document.tokens)
    assert len(grammar.tags) == len(grammar.roles) == len(grammar.chunk_at) == len(grammar.clause_at) == size
    for segment_ in grammar.segments:
        inside = grammar.chunks[segment_.first_chunk : segment_.last_chunk]
        assert all(a.last <= b.first for a, b in pairwise(inside))  # in order, none overlaps
    assert all(0 <= c.first <= c.head < c.last <= size for c in grammar.chunks)
    for k, clause in enumerate(grammar.clauses):
        assert 0 <= clause.first < clause.last <= size
        assert clause.parent is None or clause.parent < k
        for chunk in (clause.subject, clause.verb):
            assert chunk is None or 0 <= chunk < len(grammar.chunks)
        if clause.subject is not None:
            first, last = grammar.phrase(clause.subject)
            assert 0 <= first < last <= size
        assert grammar.subject_of(k) is None or grammar.subject_of(k) < len(grammar.chunks)
    record = grammar_record(document)
    assert all(c["start"] < c["end"] for c in record["clauses"])


@given(st.lists(st.sampled_from(PIECES), max_size=60))
def test_what_holds_for_any_text(pieces):
    check(*read(" ".join([*pieces, "."])))


UNITS = ["said ", ", ", "“ he said ", "“ ‘ ", "( ", "of the ", "and he said ", "who said the man ", "if he left, "]
UNITS += ["“He left,” said Reed. ", "(he said) ", "briefed on it ", "he said, "]


@pytest.mark.parametrize("unit", UNITS)
def test_time_grows_with_the_text_only(unit):
    text = unit * (40_000 // len(unit.split()))
    document = segment(Article(text))
    began = perf_counter()
    grammar = analyse(document)
    assert len(grammar.clause_at) == len(grammar.chunk_at) == len(document.tokens)
    assert perf_counter() - began < 12  # 0.1 to 0.7 s on an idle machine


@given(st.lists(st.sampled_from(PIECES), max_size=60))
def test_a_long_text_is_kept_in_less_memory_and_read_alike(pieces):
    text = " ".join([*pieces, "."])
    document, grammar = read(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("analysis.grammar.grammar.MANY", 0)
        packed = analyse(document)
    assert type(packed.chunks) is type(packed.clauses) is Packed
    assert list(packed.chunks) == packed.chunks[:] == grammar.chunks
    assert list(packed.clauses) == packed.clauses[:] == grammar.clauses
    assert [*packed.chunk_at] == [*grammar.chunk_at]
    assert [*packed.clause_at] == [*grammar.clause_at]
    if grammar.clauses:
        assert packed.clauses[-1] == grammar.clauses[-1]
        assert [type(value) for value in packed.clauses[-1]] == [type(value) for value in grammar.clauses[-1]]


def test_the_clauses_that_end_somewhere_are_found():
    _, grammar = read("She said that he left and wept.")  # 0 She 1 said 2 that 3 he 4 left 5 and 6 wept 7 .
    ends = {clause.opener: clause.last for clause in grammar.clauses}
    assert ends[None] == ends[2] == 7
    for token in range(9):
        assert grammar.clauses_ending_at(token) == [k for k, c in enumerate(grammar.clauses) if c.last == token]


def test_of_long_texts_one_grammar_is_kept(monkeypatch):
    monkeypatch.setattr("analysis.grammar.building.MANY", 5)
    short, long = segment(Article("He left.")), segment(Article("She said that he left."))
    kept = grammar_of(short)
    assert grammar_of(short) is kept
    other = grammar_of(long)
    assert grammar_of(long) is other
    assert grammar_of(short) is not kept  # it was given up for the long one
