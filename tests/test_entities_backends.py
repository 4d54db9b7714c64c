"""The spaCy backend, against a small pipeline built here (an entity ruler), on the same golden cases."""

import pytest
from test_entities_gold import PASSAGES, check

from analysis import annotate
from analysis.entities import BackendError, find_entities
from analysis.text.article import Article
from analysis.text.segmentation import segment

spacy = pytest.importorskip("spacy")

# Passages on merging, whose mentions the ruler is given: what is compared is our alias merging on top of it.
SHOWS = (
    "surname alone is the person named before",
    "two people with one surname are kept apart",
    "title and surname",
    "acronym defined in the text",
    "forms of one country",
    "demonym linked to its country, counted apart",
    "plural demonym",
    "a city is not its country, and keeps it",
    "family name first",
    "middle name and initial of one person",
    "a firm with its legal form",
)
CASES = [p for p in PASSAGES if p["shows"] in SHOWS]


def save(folder, patterns, name="ruler"):
    nlp = spacy.blank("en", meta={"name": name, "version": "1.2.3"})
    nlp.add_pipe("entity_ruler").add_patterns(patterns)
    nlp.to_disk(folder)
    return f"spacy:{folder}"


@pytest.mark.parametrize("passage", CASES, ids=lambda p: p["shows"])
def test_golden_cases_on_both_backends(passage, tmp_path):
    patterns = [{"label": label, "pattern": words.partition("#")[0]} for words, label, *_ in passage["mentions"]]
    document = segment(Article(passage["text"]))
    check(passage, *find_entities(document))
    check(passage, *find_entities(document, backend=save(tmp_path / "model", patterns)))


def test_all_cases_are_there():
    assert len(CASES) == len(SHOWS)


def test_spans_follow_our_conventions_and_version_is_recorded(tmp_path):
    backend = save(
        tmp_path / "model",
        [
            {"label": "GPE", "pattern": "the United States"},
            {"label": "PERSON", "pattern": "President Ann Reed"},
            {"label": "ORG", "pattern": "Norwood Bank's"},
            {"label": "MISC", "pattern": "Plan B"},
            {"label": "PER", "pattern": "Ilya"},
        ],
    )
    text = "In the United States, President Ann Reed met Norwood Bank's Ilya on Plan B. Mrs Reed left."
    document = annotate(Article(text), backend=backend)
    assert [(text[m.start : m.end], m.label, m.rule_id) for m in document.mentions] == [
        ("United States", "GPE", "SPACY.GPE"),
        ("Ann Reed", "PERSON", "SPACY.PERSON"),
        ("Norwood Bank", "ORG", "SPACY.ORG"),
        ("Ilya", "PERSON", "SPACY.PERSON"),
    ]
    assert document.backend == "spacy:en_ruler 1.2.3"


def test_missing_model_names_the_install_command():
    with pytest.raises(BackendError, match="python -m spacy download en_no_such_model"):
        annotate("Ann Reed left.", backend="spacy:en_no_such_model")


def test_pipeline_without_names_is_refused(tmp_path):
    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(BackendError, match="has no component that finds names"):
        annotate("Ann Reed left.", backend=f"spacy:{tmp_path / 'blank'}")
