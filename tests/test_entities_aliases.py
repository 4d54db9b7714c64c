"""What a reader knows of names: merge, split, rename, retype; and errors that say where."""

import json

import pytest
from helpers import name_marks

from analysis.cli import main
from analysis.entities import AliasError, apply_aliases, find_entities, load_aliases
from analysis.text.article import Article
from analysis.text.segmentation import segment

TEXT = "Zorvane fell. Hanna Orlen met the Belvane Trust. Mrs Orlen left Burma. The BT paid Zorvane."


def corrected(tmp_path, toml, text=TEXT, doc_id="a"):
    path = tmp_path / "aliases.toml"
    path.write_text(toml, "utf-8")
    found = find_entities(segment(Article(text)))
    mentions, entities = apply_aliases(*found, load_aliases(path), text=text, doc_id=doc_id)
    by_id = {e.id: e for e in entities}
    assert [e.id for e in entities] == [f"e{n}" for n in range(1, len(entities) + 1)]
    assert all(e.count == sum(m.entity == e.id for m in mentions) for e in entities)
    return [(text[m.start : m.end], m.label, by_id[m.entity].name) for m in mentions], mentions, entities


def test_merge(tmp_path):
    rows, mentions, entities = corrected(tmp_path, '[[merge]]\ninto = "Belvane Trust"\nnames = ["Zorvane"]')
    assert [name for form, _, name in rows if form == "Zorvane"] == ["Belvane Trust"] * 2
    assert mentions[0].rule_id.endswith("+READER.MERGE")
    assert entities[0].aliases[0] == "Zorvane"


def test_split(tmp_path):
    rows, mentions, _ = corrected(tmp_path, '[[split]]\nname = "Hanna Orlen"\nforms = ["Orlen"]\nto = "Mrs Orlen"')
    assert [(form, name) for form, _, name in rows if "Orlen" in form] == [
        ("Hanna Orlen", "Hanna Orlen"),
        ("Orlen", "Mrs Orlen"),
    ]
    assert sum(m.rule_id.endswith("+READER.SPLIT") for m in mentions) == 1


def test_rename_and_retype(tmp_path):
    rows, mentions, entities = corrected(
        tmp_path, '[[rename]]\nname = "Myanmar"\nto = "Burma (Myanmar)"\n[[retype]]\nname = "Zorvane"\nlabel = "GPE"'
    )
    assert ("Burma", "GPE", "Burma (Myanmar)") in rows
    assert [label for form, label, _ in rows if form == "Zorvane"] == ["GPE", "GPE"]
    assert entities[0].label == "GPE"
    assert mentions[0].rule_id.endswith("+READER.RETYPE")


def test_an_entry_can_hold_for_one_article(tmp_path):
    toml = '[[retype]]\nname = "Zorvane"\nlabel = "GPE"\narticle = "b"'
    assert corrected(tmp_path, toml, doc_id="a")[0][0] == ("Zorvane", "ORG", "Zorvane")
    assert corrected(tmp_path, toml, doc_id="b")[0][0] == ("Zorvane", "GPE", "Zorvane")


def test_an_entry_that_finds_nothing_changes_nothing(tmp_path):
    found = find_entities(segment(Article(TEXT)))
    _, mentions, entities = corrected(tmp_path, '[[merge]]\ninto = "Nobody"\nnames = ["No One"]')
    assert (mentions, entities) == found


def test_links_follow_a_merge(tmp_path):
    text = "French farmers left France. Gaul was theirs."
    _, _, entities = corrected(tmp_path, '[[merge]]\ninto = "Gaul"\nnames = ["France"]', text)
    assert entities[0].related == next(e.id for e in entities if e.name == "Gaul")


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ('[[merge]]\ninto = "A"', r"aliases.toml: \[\[merge\]\] number 1: names is missing; it has into, names"),
        ('[[merge]]\ninto = "A"\nnames = "B"', r"\[\[merge\]\] number 1: names is 'B'; it must be a list of strings"),
        (
            '[[retype]]\nname = "A"\nlabel = "PLACE"',
            r"\[\[retype\]\] number 1: label is 'PLACE'; choose one of PERSON, NORP",
        ),
        ('[[rename]]\nname = "A"\nto = "B"\nwhy = "C"', r"number 1: unknown field why; choose from name, to, article"),
        ('[[rename]]\nname = 1\nto = "B"', r"name is 1; it must be a string"),
        ('[[unite]]\nname = "A"', r"unknown kind of entry unite; choose from \[\[merge\]\], \[\[split\]\]"),
        ('[merge]\ninto = "A"\nnames = ["B"]', r"write \[\[merge\]\] with double brackets"),
        ("[[merge", r"aliases.toml: not valid TOML"),
    ],
)
def test_errors_name_file_and_entry(tmp_path, toml, message):
    path = tmp_path / "aliases.toml"
    path.write_text(toml, "utf-8")
    with pytest.raises(AliasError, match=message):
        load_aliases(path)


def test_missing_file(tmp_path):
    with pytest.raises(AliasError, match=r"none.toml: cannot be read"):
        load_aliases(tmp_path / "none.toml")


@pytest.fixture
def folder(tmp_path):
    source = tmp_path / "in"
    source.mkdir()
    (source / "aliases.toml").write_text('[[rename]]\nname = "Ida Holm"\nto = "Minister Holm"\n', "utf-8")
    for name in ("vote", "wall"):
        (source / f"{name}.txt").write_text("The vote may be late, Ida Holm said.", "utf-8")
    return source


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_annotate_applies_aliases_beside_the_articles(folder, tmp_path, jobs, capsys):
    out = tmp_path / "out.jsonl"
    assert main(["annotate", str(folder), "-o", str(out), "--jobs", jobs]) == 0
    names = [[e["name"] for e in json.loads(line)["entities"]] for line in out.read_text("utf-8").splitlines()]
    assert names == [["Minister Holm"], ["Minister Holm"]]
    (folder / "aliases.toml").write_text('[[rename]]\nname = "Ida Holm"\n', "utf-8")
    assert main(["annotate", str(folder), "-o", str(out), "--jobs", jobs]) == 1
    (error,) = [json.loads(line) for line in (tmp_path / "errors.jsonl").read_text("utf-8").splitlines()]
    assert error["file"] == str(folder / "aliases.toml")
    assert error["reason"].startswith("[[rename]] number 1: to is missing")
    names = [[e["name"] for e in json.loads(line)["entities"]] for line in out.read_text("utf-8").splitlines()]
    assert names == [["Ida Holm"], ["Ida Holm"]]


def test_corpus_applies_aliases_makes_a_part_again_when_they_change_and_records_them(folder, tmp_path):
    pytest.importorskip("pyarrow")
    import pandas as pd

    from analysis.corpora.corpus import annotate_corpus

    made = annotate_corpus(folder, tmp_path / "tables", jobs=1)
    assert pd.read_parquet(tmp_path / "tables/entities")["name"].tolist() == ["Minister Holm"]
    (record,) = made["aliases"]
    assert (record["file"], record["entries"], len(record["sha256"])) == ((folder / "aliases.toml").as_posix(), 1, 64)
    (folder / "aliases.toml").unlink()
    made = annotate_corpus(folder, tmp_path / "tables", jobs=1)
    assert pd.read_parquet(tmp_path / "tables/entities")["name"].tolist() == ["Ida Holm"]
    assert made["aliases"] == []


@pytest.mark.usefixtures("few_figures")
def test_aliases_beside_an_article_reach_its_sources_and_its_manifest(tmp_path, capsys):
    (tmp_path / "aliases.toml").write_text('[[rename]]\nname = "Ida Holm"\nto = "Minister Holm"\n', "utf-8")
    (tmp_path / "vote.txt").write_text("The vote may be late, Ida Holm said.", "utf-8")
    assert main(["report", str(tmp_path), "--out", str(tmp_path / "out")]) == 0
    (article,) = json.loads((tmp_path / "out/manifest.json").read_text("utf-8"))["articles"]
    assert article["aliases"] == [{"kind": "rename", "names": ["Ida Holm"], "to": "Minister Holm", "forms": []}]
    assert "Minister Holm" in (tmp_path / "out/tables/attributions.csv").read_text("utf-8")
    (tmp_path / "aliases.toml").write_text('[[rename]]\nname = "Ida Holm"\n', "utf-8")
    assert main(["report", str(tmp_path), "--out", str(tmp_path / "out2")]) == 1
    assert "aliases.toml: [[rename]] number 1: to is missing" in capsys.readouterr().err


def test_a_name_that_was_joined_already_is_not_joined_again():
    """Two names that the same acronym stands for, the second of them misspelt: found by fuzzing."""
    marks, entities = name_marks("The Harbour Council (HC) met. Ahe Harbour Council (HC) left.")
    assert {form for form, *_ in marks} == {"Harbour Council", "HC", "Ahe Harbour Council"}
    assert sum(e.count for e in entities.values()) == len(marks)
