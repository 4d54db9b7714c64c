"""What `annotate` writes fits its schema, which knows every field and every closed vocabulary."""

import copy
import json
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import Article, annotate, to_record
from analysis.cli import main
from analysis.pipeline import to_json
from analysis.text import vocabulary

ROOT = Path(__file__).resolve().parents[1]
SCHEMA = json.loads(files("analysis").joinpath("resources/schemas/annotate.schema.json").read_text("utf-8"))


def closed(schema):
    """The schema with no field allowed that it does not name."""
    schema = copy.deepcopy(schema)

    def close(part):
        if isinstance(part, dict):
            if part.get("type") == "object":
                part["additionalProperties"] = False
            for value in part.values():
                close(value)
        elif isinstance(part, list):
            for value in part:
                close(value)

    close(schema)
    return jsonschema.Draft202012Validator(schema)


VALIDATOR = closed(SCHEMA)


def check(record):
    errors = [
        f"{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}" for error in VALIDATOR.iter_errors(record)
    ]
    assert errors == []


def test_the_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("more", [[], ["--with", "grammar"], ["--near-duplicates"], ["--any-language"]])
def test_every_line_of_the_command_fits(more, tmp_path):
    out = tmp_path / "marks.jsonl"
    folders = [str(ROOT / name) for name in ("seeds", "seeds/teaching", "seeds/versions")]
    assert main(["annotate", *folders, "-o", str(out), *more]) == 0
    records = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert len(records) == 1 + 7 + 2
    for record in records:
        check(record)
    assert any(record["title"] for record in records)
    assert any(a["knowing"]["contact"] == "told-us" for r in records for a in r["attributions"])
    assert all(("grammar" in record) == ("grammar" in more) for record in records)


def test_what_a_newsroom_states_of_its_sources_fits(tmp_path):
    (tmp_path / "a.txt").write_text("“It rained,” said Ann Reed, who saw it.\n", "utf-8")
    (tmp_path / "sources.csv").write_text("name,role_class,pronouns,beat\nAnn Reed,witness,she/her,weather\n", "utf-8")
    assert main(["annotate", str(tmp_path / "a.txt"), "-o", str(tmp_path / "out.jsonl")]) == 0
    record = json.loads((tmp_path / "out.jsonl").read_text("utf-8"))
    check(record)
    assert record["sources"][0]["own"] == [["beat", "weather"]]


def test_a_text_in_another_language_fits():
    record = to_record(annotate("Der Minister hat gestern gesagt, dass es nicht regnen wird. Das ist nicht wahr."))
    check(record)
    assert record["language"] == "de"


@given(
    st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
    st.text("ab said“” .,", max_size=40),
)
@settings(max_examples=60, deadline=None)
def test_any_text_fits(text, title):
    if text.strip():
        check(json.loads(to_json(annotate(Article(text, title=title)), grammar=True)))


@pytest.mark.parametrize(
    ("where", "field", "values"),
    [
        ("attribution", "kind", vocabulary.KINDS),
        ("attribution", "source_kind", vocabulary.SOURCE_KINDS),
        ("attribution", "stance", vocabulary.STANCES),
        ("attribution", "source_link", ["", *vocabulary.LINKS]),
        ("marker", "category", vocabulary.CATEGORIES),
        ("source", "kind", vocabulary.SOURCE_KINDS),
    ],
)
def test_a_closed_vocabulary_is_the_one_of_the_package(where, field, values):
    assert SCHEMA["$defs"][where]["properties"][field]["enum"] == list(values)


def test_so_is_how_the_article_knows():
    knowing = SCHEMA["$defs"]["attribution"]["properties"]["knowing"]["properties"]
    assert knowing["contact"]["enum"] == list(vocabulary.CONTACTS)
    assert knowing["closeness"]["items"]["enum"] == list(vocabulary.CLOSENESS)
    assert knowing["identified"]["enum"] == list(vocabulary.IDENTIFIED)
    assert knowing["hand"]["enum"] == list(vocabulary.HANDS)


def test_a_wrong_line_does_not_fit():
    record = to_record(annotate("The vote may be delayed, Ann Reed said."))
    for change in ({"sha256": "x"}, {"markers": [{**record["markers"][0], "strength": 2}]}, {"colour": "red"}):
        with pytest.raises(AssertionError):
            check({**record, **change})


def test_every_field_is_described():
    def described(part):
        for field in part.get("properties", {}).values():
            assert "description" in field or "$ref" in field, part
            described(field)

    for part in (SCHEMA, *SCHEMA["$defs"].values()):
        described(part)
