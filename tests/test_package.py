"""The package as a whole: light to import, its names lead where they say, layers keep the contract."""

import json
import subprocess
import sys
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import analysis
from analysis import annotate, pipeline, to_record
from analysis.cli import main
from analysis.people.knowing import knowing
from analysis.pipeline import json_pieces, to_json
from analysis.text.document import (
    CATEGORIES,
    KINDS,
    LABELS,
    SOURCE_KINDS,
    STANCES,
    Attribution,
    Entity,
    Marker,
    Mention,
    Source,
)

ROOT = Path(__file__).parents[1]
HEAVY = "pandas matplotlib numpy textstat nltk jinja2 yaml IPython spacy"


def run(code):
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout


def test_import_brings_in_nothing_heavy():
    out = run(f"import sys, analysis; print([m for m in '{HEAVY}'.split() if m in sys.modules])")
    assert out.strip() == "[]"


def test_annotate_brings_in_nothing_heavy():
    out = run(
        "import sys, analysis; analysis.annotate('It may rain, Ann Reed said.'); "
        f"print([m for m in '{HEAVY}'.split() if m in sys.modules])"
    )
    assert out.strip() == "[]"


def test_annotate_needs_the_standard_library_only(tmp_path):
    (tmp_path / "a.jsonl").write_text(json.dumps({"doc_id": "a", "text": TEXT}) + "\n", encoding="utf-8")
    call = ["-m", "analysis", "annotate", str(tmp_path / "a.jsonl")]
    bare, usual = (
        subprocess.run([sys.executable, *options, *call], cwd=ROOT, capture_output=True, check=True).stdout
        for options in (["-S"], [])
    )  # -S: no packages that were installed
    assert bare == usual
    assert json.loads(bare)["doc_id"] == "a"


def test_every_public_name_can_be_had():
    for name in analysis.__all__:
        assert getattr(analysis, name) is not None
    with pytest.raises(AttributeError, match="it has __version__, Article"):
        _ = analysis.nothing


TEXT = """Harbour plan may slip, sources say
By Ana Silva
“It may rain. Or not,” Ann Reed told Reuters. Reed, who leads the Harbour Council (HC), said about 200 could leave.
According to the HC, the vote is expected to pass."""


def check(document):
    text = document.text
    ids = {a.id for a in document.attributions}
    assert len(ids) == len(document.attributions)
    by_id = {a.id: a for a in document.attributions}
    entities = {e.id: e for e in document.entities}
    for a in document.attributions:
        for role in (a.source, a.cue, a.content):
            assert list(role) == sorted(role)
            assert all(0 <= s < e <= len(text) for s, e in role)
        assert a.content
        assert a.kind in KINDS
        assert a.source_kind in SOURCE_KINDS
        assert a.stance in STANCES
        assert a.rule_id
        assert a.source_entity is None or a.source_entity in entities
        seen = set()
        while a.parent is not None:  # parents are there, and no chain runs in a circle
            assert a.id not in seen
            seen.add(a.id)
            a = by_id[a.parent]
    for m in document.markers:
        assert 0 <= m.start < m.end <= len(text)
        assert all(0 <= s < e <= len(text) for s, e in m.scope)
        assert m.category in CATEGORIES
        assert 0 <= m.strength <= 1
        assert m.attribution is None or m.attribution in ids
    counts = dict.fromkeys(entities, 0)
    last = 0
    for m in document.mentions:
        assert last <= m.start < m.end <= len(text)
        last = m.end
        assert m.label in LABELS
        counts[m.entity] += 1
    assert counts == {e.id: e.count for e in document.entities}


def plain(value):
    """A layer as JSON knows it, made without the code that writes it."""
    if is_dataclass(value):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    return [plain(part) for part in value] if isinstance(value, tuple) else value


def test_json_is_what_the_standard_library_writes_to_the_byte(monkeypatch):
    text = (
        "Šárka Nováková said it is “likely”.\t\u2028The \x7f\x1b ministry may not agree, according to İrem Yıldız. "
        'About 200 people said \\ "perhaps" 𝕏</p>.'
    )
    title = "Ministry may not agree: “perhaps”\u2028𝕏"
    document = annotate(analysis.Article(text, doc_id='é"\\\n\u2028𝕏', title=title))
    assert {m.strength for m in document.markers} > {0.5}  # numbers that are not whole ones
    names = ("attributions", "markers", "mentions", "entities", "sources")

    def layers(d):
        found = {name: plain(getattr(d, name)) for name in names}
        for a in found["attributions"]:
            facts = knowing(d)[a["id"]]._asdict()
            a["knowing"] = facts | {"closeness": facts["closeness"].split(" | ")}
        return {"sentences": [[s.start, s.end] for s in d.sentences], **found}

    record = {
        "doc_id": document.doc_id,
        "sha256": document.article.sha256,
        "encoding": "utf-8",
        "repaired": None,
        "language": "en",
        "not_english": [],
        **layers(document),
        "title": {"text": title, **layers(document.title)},
    }
    line = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    assert to_json(document) == line
    monkeypatch.setattr(pipeline, "msgspec", None)  # and so where msgspec is not installed
    assert to_json(document) == line


def test_record_keeps_the_contract():
    document = annotate(TEXT)
    check(document)
    record = json.loads(to_json(document))
    assert record == json.loads(json.dumps(to_record(document)))
    assert set(record) >= {
        "doc_id",
        "sha256",
        "sentences",
        "attributions",
        "markers",
        "mentions",
        "entities",
        "sources",
    }
    for kind, layer in (
        (Attribution, "attributions"),
        (Marker, "markers"),
        (Mention, "mentions"),
        (Entity, "entities"),
        (Source, "sources"),
    ):
        known = [name for name in record[layer][0] if name != "knowing"]  # it is worked out
        assert [f.name for f in fields(kind)] == known
    assert set(record["attributions"][0]) >= {
        "id",
        "kind",
        "source",
        "cue",
        "content",
        "source_kind",
        "source_entity",
        "stance",
        "parent",
        "rule_id",
    }
    assert set(record["mentions"][0]) >= {"start", "end", "label", "entity"}
    assert set(record["entities"][0]) >= {"id", "name", "label", "aliases", "count"}


def test_the_manual_explains_every_field_of_the_record():
    manual = (ROOT / "docs/inputs-and-limits.md").read_text("utf-8")
    record = to_record(annotate(TEXT))
    layers = ("attributions", "markers", "mentions", "entities", "sources")
    named = {*record, *(name for layer in layers for name in record[layer][0])} - {"id"}
    assert [name for name in sorted(named) if f"`{name}`" not in manual] == []


WORDS = st.sampled_from(
    [
        "said",
        "Reed",
        "Ms Reed",
        "the council",
        "may",
        "“",
        "”",
        '"',
        "‘",
        "’",
        ",",
        ".",
        "?",
        ":",
        "that",
        "according to",
        "He",
        "Reuters",
        "citing",
        "expected to",
        "if",
        "and",
        "\n",
        "— ",
        "(",
        ")",
        "told",
        "is",
        "U.S.",
        "about 200",
        "in May",
        "claimed",
        "not",
        "Russia",
        "'s",
        "adding",
        "some",
        "İ",
        "😀",
        "e\u0301",
    ]
)


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(
        st.lists(WORDS, min_size=1, max_size=40).map(" ".join),
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1),
    )
)
@example(text="“ ” Reed said")
@example(text="may It “ said ” not")
@example(text="she It reporters \" said to he ' not")
def test_layers_keep_their_invariants_on_any_text(text):
    if text.strip():
        check(annotate(text))


def test_same_text_same_marks():
    assert to_record(annotate(TEXT)) == to_record(annotate(TEXT))


def test_a_long_line_is_written_in_pieces_and_is_the_same_line(tmp_path, monkeypatch):
    """2,500 sentences: more than a list is encoded at a time, and more than a block is written at a time."""
    text = "Ann Reed said it may rain. " * 2_500
    document = annotate(text)
    pieces = list(json_pieces(document))
    assert max(map(len, pieces)) < len("".join(pieces)) / 4
    record = json.loads("".join(pieces))
    assert len(record["sentences"]) == len(record["attributions"]) == len(record["markers"]) == 2_500
    assert record["sentences"][-1] == [len(text) - 27, len(text) - 1]
    (tmp_path / "a.txt").write_text(text)
    monkeypatch.setattr("analysis.corpora.batch.BLOCK", 10_000)
    assert main(["annotate", str(tmp_path / "a.txt"), "-o", str(tmp_path / "out.jsonl")]) == 0
    (line,) = (tmp_path / "out.jsonl").read_text().splitlines()
    assert json.loads(line) == record | {"doc_id": "a", "duplicate_of": None}
