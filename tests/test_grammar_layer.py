"""The grammar layer: chunks, subjects and clause ends that a person worked out."""

import pytest

from analysis.grammar import Grammar, analyse
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
            "Officials briefed on the plan said it was late.",
            [("said", "Officials briefed on the plan"), ("was", "it")],
        ),
        ("“It will rain,” said Ann Reed, a lawyer.", [("said", "Ann Reed, a lawyer"), ("will rain", "It")]),
        (
            "He praised the plan, while the league condemned it and found it weak.",
            [("praised", "He"), ("condemned", "the league"), ("found", "the league")],
        ),
        ("The man who knew the answer left.", [("left", "The man who knew the answer"), ("knew", "who")]),
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
    ],
)
def test_a_clause_ends_where_it_does(text, verb, clause):
    assert [whole for found, _, whole in clauses(text) if found == verb] == [clause]
