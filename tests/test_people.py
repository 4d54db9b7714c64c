"""Who the sources are: role classes, how the text refers to people, sources.csv; against passages read by hand."""

import json
import tomllib
from pathlib import Path

import pytest

from analysis import Article, annotate, read_article, segment
from analysis.annotation import key_to_document
from analysis.annotation.corrections import annotate_corrected
from analysis.cli import main
from analysis.people import SourcesError, load_sources
from analysis.people.role_words import role_rules
from analysis.rules import load_rules, parse_marked
from analysis.text.vocabulary import ROLE_CLASSES

GOLD = Path(__file__).parent / "gold"


def passages(name):
    return tomllib.loads((GOLD / f"{name}.toml").read_text("utf-8"))["passage"]


def source(passage):
    """The source of a passage by its name, and the text."""
    document = annotate(passage["text"])
    return next((s for s in document.sources if s.name == passage["name"]), None), document.text


CLASSES = passages("people_classes")


def class_found(passage):
    """(class, does it rest on the right words)."""
    found, text = source(passage)
    if found is None:
        return None, False
    where = found.role_evidence
    on = text.find(passage.get("on", "\n"))
    shared = bool(where) and max(on, where.start) < min(on + len(passage.get("on", "")), where.end)
    return found.role_class, shared if "on" in passage else where is None


def test_classes_against_passages_read_by_hand():
    """Nine in ten of the classes that are told are right, and rest on the right words; so are nine in ten in all."""
    assert len(CLASSES) >= 60
    found = [(class_found(p), p) for p in CLASSES]
    for (role_class, rests), p in found:
        if role_class != p["class"] or not rests:
            print(f"{p['text']}\n    by hand {p['class']}, found {role_class}, right words: {rests}")
    told = [role_class == p["class"] and rests for (role_class, rests), p in found if role_class not in ("open", None)]
    right = [role_class == p["class"] for (role_class, _), p in found]
    print(f"precision of classes {sum(told)}/{len(told)}, right in all {sum(right)}/{len(right)}")
    assert sum(told) / len(told) >= 0.9
    assert sum(right) / len(right) >= 0.9


RULES = [pytest.param(rule, id=rule.id) for rule in role_rules()]


def test_every_class_has_a_rule():
    assert {rule["role_class"] for rule in role_rules()} == set(ROLE_CLASSES)
    assert all(record.name and record.gloss for record in ROLE_CLASSES.values())


@pytest.mark.parametrize("rule", RULES)
def test_the_class_rests_on_the_marked_words(rule):
    for example in rule.examples:
        text, marked = parse_marked(example)
        found = annotate(text).sources[0]
        where = found.role_evidence
        assert found.role_class == rule["role_class"], example
        rests_on = [(where.start, where.end, where.kind, where.rule)] if where else []
        assert rests_on == [(start, end, rule["role_class"], rule.id) for start, end in marked], example


@pytest.mark.parametrize("rule", RULES)
def test_counter_examples_are_of_another_class(rule):
    for text in rule.counter_examples:
        (found, *_) = annotate(text).sources
        assert found.role_class != rule["role_class"], text


REFERENCES = passages("people_reference")


def test_references_against_passages_read_by_hand():
    """Nine in ten of the references that are told are right, and rest on the right words; so are nine in ten in all."""
    assert len(REFERENCES) >= 40
    told, right = [], []
    for p in REFERENCES:
        found, text = source(p)
        words = [text[e.start : e.end] for e in found.reference_evidence] if found else []
        same = bool(found) and found.reference == p["reference"]
        right.append(same)
        if found and found.reference != "not told":
            told.append(same and ("on" not in p or words == p["on"]))
        if not same or ("on" in p and words != p["on"]):
            print(f"{p['text']}\n    by hand {p['reference']} {p.get('on')}, found {found and found.reference} {words}")
    print(f"precision of references {sum(told)}/{len(told)}, right in all {sum(right)}/{len(right)}")
    assert sum(told) / len(told) >= 0.9
    assert sum(right) / len(right) >= 0.9


# ---------------------------------------------------------------- sources.csv

NEWS = "Robin Vale, a lawyer, said he was glad. Torva Mining said it was late. A clerk said it was not."


def written(tmp_path, table):
    (tmp_path / "sources.csv").write_text(table, "utf-8")
    return tmp_path / "sources.csv"


def stated(tmp_path, table):
    """What is shown of each source: (name, class, reference, what was stated, own columns)."""
    document = annotate(Article(NEWS, doc_id="news"), sources=load_sources(written(tmp_path, table)))
    return [(s.name, s.role_class, s.reference, s.stated, s.own) for s in document.sources]


def test_sources_csv_has_the_last_word(tmp_path):
    found = stated(tmp_path, "name,pronouns,role_class,desk\nrobin vale,they/them,expert,city\nTorva Mining,,,money\n")
    assert found == [
        ("Robin Vale", "expert", "they", ("reference", "role_class"), (("desk", "city"),)),
        ("Torva Mining", "open", "not told", (), (("desk", "money"),)),
        ("A clerk", "official", "not told", (), ()),
    ]
    document = annotate(NEWS, sources=load_sources(tmp_path / "sources.csv"))
    assert document.sources[0].role_evidence is None
    assert document.sources[0].reference_evidence == ()


def test_an_empty_cell_leaves_it_to_the_rules(tmp_path):
    (first, *_) = stated(tmp_path, "name;pronouns\nRobin Vale;\n")
    assert first == ("Robin Vale", "police-court", "he", (), ())


def test_a_row_may_be_for_one_article(tmp_path):
    table = "name,role_class,article\nRobin Vale,witness,\nRobin Vale,expert,news\nA clerk,expert,other\n"
    found = stated(tmp_path, table)
    assert [role_class for _, role_class, *_ in found] == ["expert", "open", "official"]


def test_a_form_of_two_people_is_nobody_in_particular(tmp_path):
    text = "Robin Vale said it was late. Kim Vale said it was not."
    document = annotate(text, sources=load_sources(written(tmp_path, "name,role_class\nVale,expert\n")))
    assert [s.role_class for s in document.sources] == ["open", "open"]


@pytest.mark.parametrize(
    ("table", "line", "words"),
    [
        ("name,pronouns\nRobin Vale,it\n", 2, "pronouns is 'it'; choose one of she/her"),
        ("name,role_class\nA,expert\nB,pundit\n", 3, "role_class is 'pundit'; choose one of politician"),
        ("name,role_class\n,expert\n", 2, "name is empty"),
        ("person,role_class\nA,expert\n", 1, "no column 'name'"),
        ("name,text\nA,B\n", 1, "table of articles"),
        ("name,desk,desk\nA,B,C\n", 1, "two columns are called 'desk'"),
        ("name,desk\nA,B,C\n", 2, "3 cells, but 2 columns"),
        ("name,desk\nA,x\n\na,y\n", 4, "already has a row, in line 2"),
        ('name,desk\nA,"B\n', 2, "not a table in CSV"),
        ("", 1, "no column 'name'"),
    ],
)
def test_a_wrong_table_is_refused_with_its_place(tmp_path, table, line, words):
    with pytest.raises(SourcesError) as error:
        load_sources(written(tmp_path, table))
    assert error.value.row == line
    assert error.value.file == str(tmp_path / "sources.csv")
    assert words in error.value.reason


def test_a_table_that_is_no_text_is_refused(tmp_path):
    (tmp_path / "sources.csv").write_bytes(b"name\n\xff\xfe\n")
    with pytest.raises(SourcesError, match="save it as CSV UTF-8"):
        load_sources(tmp_path / "sources.csv")


def test_the_table_beside_an_article_is_used(tmp_path):
    written(tmp_path, "name,pronouns\nRobin Vale,she/they\n")
    (tmp_path / "news.txt").write_text(NEWS, "utf-8")
    document = annotate_corrected(Article(NEWS, doc_id="news", path=str(tmp_path / "news.txt")))
    assert document.sources[0].reference == "mixed"
    assert [row.name for row in document.stated] == ["Robin Vale"]


@pytest.mark.parametrize("command", ["annotate", "corpus", "report"])
def test_every_command_uses_it_and_reads_it_as_no_article(command, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("analysis.report.draw", lambda *_: [])
    source = tmp_path / "in"
    source.mkdir()
    written(source, "name,role_class\nRobin Vale,expert\nKim Orr,pundit\n")
    (source / "news.txt").write_text(NEWS, "utf-8")
    out = tmp_path / ("out.jsonl" if command == "annotate" else "out")
    call = [command, str(source), *((str(out), "--jobs", "1") if command == "corpus" else ("-o", str(out)))]
    assert main(call) == 1
    told = capsys.readouterr().err + "".join(p.read_text("utf-8") for p in out.glob("errors.jsonl"))
    assert told.count("role_class is 'pundit'") == 1
    written(source, "name,role_class\nRobin Vale,expert\n")
    assert main(call) == 0
    if command == "annotate":
        (line,) = out.read_text("utf-8").splitlines()
        assert json.loads(line)["sources"][0]["stated"] == ["role_class"]
    else:
        manifest = json.loads((out / "manifest.json").read_text("utf-8"))
        records = manifest["sources"] if command == "corpus" else manifest["articles"][0]["sources"]
        assert len(records) == 1


VOICES = passages("people_voices")


def same_voice(passage):
    """Are the two sources in brackets one voice; "open" where the last is none."""
    plain, starts = "", []
    for piece in passage["text"].split("["):
        if plain or not passage["text"].startswith(piece):
            starts.append(len(plain))
        plain += piece.replace("]", "", 1)
    document = annotate(plain)
    at = {document.attributions[k].source[0].start: s for s in document.sources for k in s.attributions}
    first, last = at.get(starts[0]), at.get(starts[-1])
    return "open" if last is None else first is last


def test_voices_against_passages_read_by_hand():
    """Nine in ten of the sources that are brought together are rightly so, and nine in ten of all pairs are right."""
    found = [(same_voice(p), p.get("same", "open"), p["text"]) for p in VOICES]
    for got, wanted, text in found:
        if got != wanted:
            print(f"{text}\n    by hand {wanted}, found {got}")
    together = [wanted is True for got, wanted, _ in found if got is True]
    print(f"precision of voices brought together {sum(together)}/{len(together)}")
    assert sum(together) / len(together) >= 0.9
    assert sum(got == wanted for got, wanted, _ in found) / len(found) >= 0.9


SEEDS = Path(__file__).parents[1] / "seeds"
KEYS = sorted([*(SEEDS / "keys").glob("*.toml"), *(SEEDS / "teaching/keys").glob("*.toml")])


def test_classes_and_references_against_the_keys():
    """Nine in ten facts about the sources of the keys are as a person wrote them who read the texts first."""
    classes, references = [], []
    for path in KEYS:
        folder, ending = (SEEDS / "teaching", "md") if path.parent.parent.name == "teaching" else (SEEDS, "txt")
        article = read_article(folder / f"{path.stem}.{ending}")
        found = {source.name.casefold(): source for source in annotate(article).sources}
        for hand in key_to_document(path, segment(article)).sources:
            ours = found.get(hand.name.casefold())
            if ours and ours.role_class != "open":
                classes.append(ours.role_class == hand.role_class)
            if ours and ours.reference != "not told":
                references.append(ours.reference == hand.reference)
    print(f"classes {sum(classes)}/{len(classes)}, references {sum(references)}/{len(references)}")
    assert len(classes) >= 30
    assert len(references) >= 10
    assert sum(classes) / len(classes) >= 0.9
    assert sum(references) / len(references) >= 0.9


@pytest.mark.parametrize(
    ("text", "role_class"),
    [
        ("A police union spokesman said it was late.", "spokesperson"),
        ("Labour leader Jo Orwin said it was late.", "politician"),
        ("Treasury Secretary Jo Orwin said it was late.", "politician"),
        ("Jo Orwin, president of Chapter & Ink, said it was late.", "open"),
        ("Jo Orwin, the president of France, said it was late.", "politician"),
        ("Jo Orwin, a vice president at Torva & Ink, said it was late.", "open"),
        ("United Isles of Torva President Jo Orwin said it was late.", "politician"),
        ("Defence Minister Gen. Jo Orwin said it was late.", "politician"),
        ("Gen. Jo Orwin said it was late.", "official"),
        ("Torva Rovers manager Jo Orwin said it was late.", "culture-sport"),
        ("Vice President Jo Orwin said it was late.", "politician"),
        ("The Bank of England said it was late.", "official"),
        ("Torva Bank said it was late.", "business"),
        ("Dog owner Jo Orwin said it was late.", "witness"),
        ("Shop owner Jo Orwin said it was late.", "business"),
        ("Film critic Jo Orwin said it was late.", "journalist"),
        ("Racing driver Jo Orwin said it was late.", "culture-sport"),
        ("Bus driver Jo Orwin said it was late.", "witness"),
        ("Jo Orwin, a Toronto lawyer representing the club, said it was late.", "police-court"),
        ("Department of Works official Jo Orwin said it was late.", "official"),
        ("Jo Orwin, a Department of Works public information officer, said it was late.", "spokesperson"),
        ("Jo Orwin of the University of Torva said it was late.", "expert"),
        ("Jo Orwin of Torva City said it was late.", "open"),
        ("Jo Orwin of Milltech Marine, a firm in Leeds, said it was late.", "open"),
        ("Jo Orwin, in a statement of the press secretary, said it was late.", "open"),
        ("A ministry source said it was late.", "official"),
        ("Sources close to the council leader said it was late.", "open"),
        ("Her family said it was late.", "witness"),
        ("Leeds residents and shopkeepers said it was late.", "witness"),
        ("Jo Orwin, who works for the council, said it was late.", "official"),
        ("Former striker Jo Orwin, now a coach, said it was late.", "culture-sport"),
        ("Former minister Jo Orwin said it was late.", "politician"),
        ("The president of the League for Human Rights, Jo Orwin, said it was late.", "civil-society"),
    ],
)
def test_newsroom_cases(text, role_class):
    assert [source.role_class for source in annotate(text).sources] == [role_class]


PEOPLE = load_rules("people.toml")


def shown(text, rule):
    """The words of the first source that are there by a rule."""
    found = annotate(text).sources[0]
    return [(e.start, e.end) for e in (*found.titles, *found.reference_evidence) if e.rule == rule]


@pytest.mark.parametrize("rule", PEOPLE, ids=[rule.id for rule in PEOPLE])
def test_titles_and_references_are_the_marked_words(rule):
    for example in rule.examples:
        text, marked = parse_marked(example)
        assert shown(text, rule.id) == [tuple(span) for span in marked], example
    for text in rule.counter_examples:
        assert shown(text, rule.id) == [], text
