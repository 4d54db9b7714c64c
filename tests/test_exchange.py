"""Marks in other tools' formats: what comes back, what the formats' own libraries say, and files that are wrong."""

import io
import json
import tempfile
import warnings
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from exchange_helpers import ARTICLES, EXAMPLES, NAMES, comparable, expected, marked_texts, round_trip
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis import Article, annotate, load_articles
from analysis.exchange.formats import ALL, FORMATS, carries_table, format_of, read_texts
from analysis.exchange.layers import document_of, marked_text
from analysis.exchange.model import ExchangeError, MarkedText, Relation, TextMark
from analysis.exchange.names import NAMES as OFFERED
from analysis.exchange.pieces import Utf16
from analysis.pipeline import to_json
from analysis.teaching.invented import invented_articles
from analysis.text.document import Span

ROOT = Path(__file__).parents[1]
# "😊" is one character, two 16-bit units and four bytes: whatever stands behind it shows what a format counts.
SMILE = "😊 Ann Reed said it may, she thinks, rain."


def smile() -> MarkedText:
    """Ann Reed said: it may ... rain; "may" is a hedge in what she says."""
    marks = (
        TextMark("a1.cue", "cue", "neutral", (Span(11, 15),), {"rule_id": "CUE.SAY", "source_entity": "e1"}),
        TextMark("a1.source", "source", "person", (Span(2, 10),)),
        TextMark("a1.content", "content", "indirect", (Span(16, 22), Span(36, 40))),
        TextMark("m1", "hedge", "possibility", (Span(19, 22),), {"strength": 0.7}),
        TextMark("n1", "name", "PERSON", (Span(2, 10),), {"entity": "e1"}),
    )
    relations = (
        Relation("source", "a1.cue", "a1.source"),
        Relation("content", "a1.cue", "a1.content"),
        Relation("holder", "m1", "a1.cue"),
    )
    about = {"encoding": "utf-8", "entities": [{"id": "e1", "name": "Ann Reed", "label": "PERSON"}]}
    return MarkedText("smile", SMILE, marks, relations, about)


def written(name, *texts):
    return dict(FORMATS[name].write(texts or [smile()]))


@pytest.fixture(scope="module")
def documents():
    articles = [*load_articles(ROOT / "seeds"), *load_articles(ROOT / "seeds/teaching"), *invented_articles(ARTICLES)]
    return [annotate(article) for article in articles]


@pytest.fixture(scope="module")
def lines_without_metadata(documents):
    """What `annotate` writes for the texts alone."""
    alone = [annotate(replace(document.article, title=None, outlet=None)) for document in documents]
    return {document.doc_id: to_json(document) for document in alone}


# ---------------------------------------------------------------- what comes back


@pytest.mark.parametrize("name", NAMES)
def test_articles_come_back_as_annotate_writes_them(name, documents, lines_without_metadata, tmp_path):
    """As the texts alone: no format carries a title or an outlet, on which "told the Post" depends."""
    back = round_trip(FORMATS[name], [marked_text(document) for document in documents], tmp_path)
    lines = {}
    for marked in back:
        document, problems = document_of(marked)
        assert not problems
        lines[document.doc_id] = to_json(document)
    assert lines == lines_without_metadata


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(marked=marked_texts())
def test_hostile_texts_and_crossing_marks_come_back(name, marked):
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("error")
        (back,) = round_trip(FORMATS[name], [marked], Path(folder))
    wanted = expected(FORMATS[name], marked)
    if name == "brat" and not marked.marks:
        back = replace(back, doc_id=marked.doc_id)  # brat has a place for it on marks only
    assert comparable(back) == comparable(wanted)


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(marked=marked_texts())
def test_parc_brings_back_text_and_attributions(marked):
    roles = ("source", "cue", "content")
    with tempfile.TemporaryDirectory() as folder:
        (back,) = round_trip(FORMATS["parc"], [marked], Path(folder))
    assert back.text == marked.text
    covered = {role: {k for m in marked.marks if m.layer == role for s in m.spans for k in range(*s)} for role in roles}
    again = {role: {k for m in back.marks if m.layer == role for s in m.spans for k in range(*s)} for role in roles}
    no_anchor = {role for role in roles if any(m.layer == role for m in marked.marks)} - {m.layer for m in back.marks}
    for role in roles:
        lost = {k for k in covered[role] - again[role] if not marked.text[k].isspace()}
        assert not lost or role in no_anchor | {"source"}  # a source that belongs to no attribution has no place there
        assert not {k for k in again[role] - covered[role] if not marked.text[k].isspace()}


def test_parc_holds_the_attributions_of_an_article_and_nothing_else(documents, tmp_path):
    back = round_trip(FORMATS["parc"], [marked_text(document) for document in documents], tmp_path)
    by_text = {document.text: document for document in documents}
    for marked in back:
        mine, _ = document_of(marked)
        document = by_text[marked.text]
        assert [(a.id, a.source, a.cue, a.content) for a in mine.attributions] == [
            (a.id, a.source, a.cue, a.content) for a in document.attributions
        ]
        assert not mine.markers
        assert not mine.mentions


def test_several_texts_of_one_name_get_files_of_their_own(tmp_path):
    back = round_trip(FORMATS["brat"], [smile(), replace(smile(), text=SMILE + " So."), smile()], tmp_path)
    assert sorted(p.name for p in tmp_path.glob("*.ann")) == ["smile-2.ann", "smile-3.ann", "smile.ann"]
    assert [marked.doc_id for marked in back] == ["smile"] * 3


# ---------------------------------------------------------------- what each format counts


def test_units_of_java_and_javascript():
    units = Utf16(SMILE)
    assert [units.out(k) for k in (0, 1, 2, len(SMILE))] == [0, 2, 3, len(SMILE) + 1]
    assert [units.back(k) for k in (0, 1, 2, 3)] == [0, 0, 1, 2]
    with pytest.raises(IndexError):
        units.back(len(SMILE) + 2)


def test_w3c_counts_characters():
    items = json.loads(written("w3c")["smile.jsonld"])["first"]["items"]
    position, quote = next(i for i in items if i["id"] == "#m1")["target"][0]["selector"]
    assert (position["start"], position["end"]) == (19, 22)
    assert (quote["exact"], quote["suffix"]) == ("may", ", she thinks, rain.")


def test_cas_counts_16_bit_units():
    xmi = written("cas")["smile.xmi"].decode()
    assert 'begin="20" end="23" layer="hedge" label="possibility"' in xmi
    marks = [fs for fs in json.loads(written("cas-json")["smile.json"])["%FEATURE_STRUCTURES"] if fs.get("layer")]
    assert [(fs["begin"], fs["end"]) for fs in marks if fs["layer"] == "hedge"] == [(20, 23)]


def test_webanno_counts_16_bit_units():
    lines = written("webanno")["smile.tsv"].decode().splitlines()
    assert lines[0] == "#FORMAT=WebAnno TSV 3.3"
    assert "#Text=" + SMILE in lines
    assert [line.split("\t")[:3] for line in lines if line.startswith("1-1\t")] == [["1-1", "0-2", "😊"]]
    assert any(line.split("\t")[1:3] == ["20-23", "may"] for line in lines if line.startswith("1-"))


def test_brat_counts_characters():
    lines = written("brat")["smile.ann"].decode().splitlines()
    assert "T3\tcontent 16 22;36 40\tit may rain" in lines
    assert "A3\tcontent-label T3 indirect" in lines
    assert "R2\tcontent Arg1:T1 Arg2:T3\t" in lines
    assert "N5\tReference T5 entity:5\tAnn Reed" in lines


def test_label_studio_and_prodigy_count_characters():
    (task,) = json.loads(written("label-studio")["tasks.json"])
    value = next(r for r in task["annotations"][0]["result"] if r.get("id") == "m1")["value"]
    assert value == {"start": 19, "end": 22, "text": "may", "labels": ["hedge:possibility"]}
    span = next(s for s in json.loads(written("prodigy")["marks.jsonl"])["spans"] if s["mark_id"] == "m1")
    assert (span["start"], span["end"], span["label"]) == (19, 22, "hedge:possibility")


def test_parc_counts_bytes():
    assert 'text="may" pos="AUX" ByteCount="22,25"' in written("parc")["smile.xml"].decode()


def test_tei_shows_who_says_what():
    xml = written("tei")["smile.xml"].decode()
    assert '<said ana="#content.indirect" direct="false" who="#entity-1" xml:id="m3" next="#m3-2">it ' in xml
    assert '<persName ana="#name.PERSON" ref="#entity-1" xml:id="m5">Ann Reed</persName>' in xml
    assert '<certainty target="#m4" locus="value" degree="0.3"/>' in xml


def test_conllu_has_marks_in_misc():
    lines = [line for line in written("conllu")["smile.conllu"].decode().splitlines() if "\tmay\t" in line]
    assert [line.split("\t")[9] for line in lines] == ["Content=I-m3-indirect|Hedge=B-m4-possibility|SpaceAfter=No"]


# ---------------------------------------------------------------- the formats' own libraries


def test_cassis_reads_both_kinds_of_cas_without_a_warning(documents):
    import cassis

    texts = [smile(), *(marked_text(document) for document in documents[:3])]
    files = written("cas", *texts)
    types = cassis.load_typesystem(io.BytesIO(files.pop("TypeSystem.xml")))
    plain = written("cas-json", *texts)
    assert len(files) == len(plain) == 4
    for (name, xmi), data in zip(files.items(), plain.values(), strict=True):
        for cas in (
            cassis.load_cas_from_xmi(io.BytesIO(xmi), typesystem=types),
            cassis.load_cas_from_json(data.decode()),
        ):
            hedges = [m for m in cas.select("webanno.custom.Mark") if m.layer == "hedge"]
            assert hedges, name
            assert all(m.get_covered_text().strip() == m.get_covered_text() for m in hedges)
    assert [m.get_covered_text() for m in hedges]


def test_conllu_library_reads_sentences_and_marks(documents):
    import conllu

    content = written("conllu", marked_text(documents[0]))
    (text,) = content.values()
    sentences = conllu.parse(text.decode())
    assert len(sentences) == len(documents[0].sentences)
    assert sentences[0].metadata["text"] == documents[0].text[slice(*documents[0].sentences[0][:2])]
    assert any("Hedge" in (token["misc"] or {}) for sentence in sentences for token in sentence)


def test_json_ld_expands_to_the_terms_of_the_standard():
    """pyld turns every key into an IRI; one that the context does not know would be dropped."""
    import pyld

    oa, rdf, dc, act = (
        "http://www.w3.org/ns/oa#",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "http://purl.org/dc/terms/",
        "http://www.w3.org/ns/activitystreams#",
    )
    # The part of the standard's context that we use, written down from the vocabulary.
    plain = {"TextPositionSelector", "TextQuoteSelector", "SpecificResource", "TextualBody", "Annotation"}
    plain |= {"classifying", "tagging", "describing", "linking", "start", "end", "exact", "prefix", "suffix"}
    ids = {"body": "hasBody", "target": "hasTarget", "source": "hasSource", "selector": "hasSelector"}
    context = {"id": "@id", "type": "@type", "value": f"{rdf}value", "format": f"{dc}format"}
    context |= {"total": f"{act}totalItems"}
    context |= {name: f"{oa}{name}" for name in plain}
    context |= {name: {"@id": f"{oa}{iri}", "@type": "@id"} for name, iri in ids.items()}
    context |= {name: {"@id": f"{oa}{name}By", "@type": "@vocab"} for name in ("motivation",)}
    context |= {"purpose": {"@id": f"{oa}hasPurpose", "@type": "@vocab"}, "label": f"{act}name"}
    context |= {"AnnotationCollection": f"{act}OrderedCollection", "AnnotationPage": f"{act}OrderedCollectionPage"}
    context |= {"first": {"@id": f"{act}first", "@type": "@id"}, "partOf": {"@id": f"{act}partOf", "@type": "@id"}}
    context |= {"startIndex": f"{act}startIndex", "items": {"@id": f"{act}items", "@container": "@list"}}
    data = json.loads(written("w3c")["smile.jsonld"])
    assert data["@context"] == "http://www.w3.org/ns/anno.jsonld"
    used = set()

    def collect(value):
        if isinstance(value, dict):
            used.update(value)
            list(map(collect, value.values()))
        elif isinstance(value, list):
            list(map(collect, value))

    collect(data)
    assert used - {"@context"} <= context.keys()
    (expanded,) = pyld.jsonld.expand(data | {"@context": context}, {"base": "urn:x:"})
    items = expanded[f"{act}first"][0][f"{act}items"][0]["@list"]
    mark = next(item for item in items if item["@id"].endswith("#m1"))
    assert mark["@type"] == [f"{oa}Annotation"]
    selectors = mark[f"{oa}hasTarget"][0][f"{oa}hasSelector"]
    assert {s["@type"][0] for s in selectors} == {f"{oa}TextPositionSelector", f"{oa}TextQuoteSelector"}


# ---------------------------------------------------------------- what people change


def test_a_mark_that_a_person_added_in_inception(tmp_path):
    """No id, no details, no relation: what INCEpTION writes of a mark drawn there."""
    import cassis

    for name, content in written("cas").items():
        (tmp_path / name).write_bytes(content)
    types = cassis.load_typesystem(io.BytesIO((tmp_path / "TypeSystem.xml").read_bytes()))
    cas = cassis.load_cas_from_xmi(io.BytesIO((tmp_path / "smile.xmi").read_bytes()), typesystem=types)
    start = SMILE.index("thinks")
    cas.add(types.get_type("webanno.custom.Mark")(begin=start, end=start + 6, layer="hedge", label="belief"))
    (tmp_path / "smile.xmi").write_text(cas.to_xmi(), "utf-8")
    (back,) = read_texts(tmp_path)
    document, problems = document_of(back)
    assert not problems
    found = [(SMILE[m.start : m.end], m.category, m.rule_id) for m in document.markers]
    assert found == [("may", "possibility", "HAND"), ("thinks", "belief", "HAND")]


def test_a_brat_file_of_somebody_else(tmp_path):
    (tmp_path / "vote.txt").write_text("Ann Reed said it may rain.", "utf-8")
    (tmp_path / "vote.ann").write_text(
        "T1\tsource 0 8\tAnn Reed\nT2\tcue 9 13\tsaid\nT3\tcontent 14 25\tit may rain\nT4\thedge 17 20\tmay\n"
        "A1\thedge-label T4 possibility\nR1\tsource Arg1:T2 Arg2:T1\t\nR2\tcontent Arg1:T2 Arg2:T3\t\n",
        "utf-8",
    )
    document, problems = document_of(next(read_texts(tmp_path)))
    assert not problems
    (a,) = document.attributions
    assert (a.source, a.cue, a.content, a.source_kind) == ((Span(0, 8),), (Span(9, 13),), (Span(14, 25),), "person")
    assert document.markers[0].category == "possibility"
    assert document.sources[0].name == "Ann Reed"


def test_a_quotation_that_moved_is_found_again(tmp_path):
    for name, content in written("w3c").items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "smile.txt").write_text("So: " + SMILE, "utf-8")
    (back,) = read_texts(tmp_path / "smile.jsonld")
    hedge = next(m for m in back.marks if m.layer == "hedge")
    assert hedge.spans == (Span(23, 26),)


def test_webanno_words_in_parts_and_marks_without_numbers(tmp_path):
    (tmp_path / "x.tsv").write_text(
        "#FORMAT=WebAnno TSV 3.3\n#T_SP=webanno.custom.Mark|details|label|layer\n\n\n"
        "#Text=It mayhap rains.\n1-1\t0-2\tIt\t_\t_\t_\t\n1-2\t3-9\tmayhap\t_\t_\t_\t\n"
        "1-2.1\t3-6\tmay\t*\tpossibility\thedge\t\n1-3\t10-15\trains\t*\t*\tcue\t\n1-4\t15-16\t.\t_\t_\t_\t\n",
        "utf-8",
    )
    (back,) = read_texts(tmp_path)
    assert [(m.layer, m.label, back.text[slice(*m.spans[0])]) for m in back.marks] == [
        ("hedge", "possibility", "may"),
        ("cue", "", "rains"),
    ]


def test_two_people_in_one_file_of_label_studio(tmp_path):
    (task,) = json.loads(written("label-studio")["tasks.json"])
    task["annotations"] = [{"completed_by": {"email": who}, "result": []} for who in ("ada", "ben")]
    (tmp_path / "tasks.json").write_text(json.dumps([task]), "utf-8")
    assert [marked.by for marked in read_texts(tmp_path)] == ["ada", "ben"]


def test_a_zip_of_inception_is_read_as_a_folder(tmp_path):
    with zipfile.ZipFile(tmp_path / "ada.zip", "w") as archive:
        for name, content in written("cas").items():
            archive.writestr(f"annotation/{name}", content)
    (back,) = read_texts(tmp_path / "ada.zip")
    assert comparable(back) == comparable(smile())


@pytest.mark.parametrize("packed", [zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_damaged_zip_is_named_whatever_its_bytes_are(tmp_path, packed):
    """Each way of packing has errors of its own; none of them may reach the reader as it is."""
    path = tmp_path / "ada.zip"
    with zipfile.ZipFile(path, "w", packed) as archive:
        for name, content in written("brat").items():
            archive.writestr(name, content)
        data_ends = archive.start_dir
    sound = path.read_bytes()
    failed = 0
    for place in range(30, data_ends, 3):
        path.write_bytes(sound[:place] + bytes([sound[place] ^ 0xFF]) + sound[place + 1 :])
        for read in read_texts(path):
            failed += isinstance(read, ExchangeError) and "a zip that cannot be opened" in read.reason
    assert failed


# ---------------------------------------------------------------- what is wrong


WRONG = {
    "smile.tsv": ("#FORMAT=WebAnno TSV 3.3\n#T_SP=webanno.custom.Mark|label|layer\n\n\n#Text=a\n1-1\t0-x\ta\t_\n", 6),
    "other.tsv": ("Ann said\n", 1),
    "smile.ann": ("T1\thedge 19 22\tmay\nT2\thedge 900 903\tmay\n", 2),
    "smile.jsonld": ('{"items": [\n{"type": }]}', 2),
    "marks.jsonl": ('{"text": "It may."}\n{"text": "It may.", "spans": [{"start": 3, "end": 99}]}\n', 2),
    "smile.xml": ('<TEI xmlns="http://www.tei-c.org/ns/1.0">\n<text>', 2),
}


@pytest.mark.parametrize("name", WRONG)
def test_an_error_names_file_and_line(name, tmp_path):
    content, row = WRONG[name]
    (tmp_path / "smile.txt").write_text(SMILE, "utf-8")
    (tmp_path / name).write_text(content, "utf-8")
    (tmp_path / "zz.ann").write_bytes(written("brat")["smile.ann"])
    (tmp_path / "zz.txt").write_bytes(written("brat")["smile.txt"])
    items = list(read_texts(tmp_path))
    (error,) = [item for item in items if isinstance(item, ExchangeError)]
    assert error.file == str(tmp_path / name)
    assert error.row == row
    assert [item.text for item in items if not isinstance(item, ExchangeError) and item.marks] == [SMILE]


@pytest.mark.parametrize("name", ["a.xmi", "a.xml"])
def test_xml_with_a_document_type_is_not_read(name, tmp_path):
    (tmp_path / name).write_text('<!DOCTYPE x [<!ENTITY a "b">]>\n<x>&a;</x>', "utf-8")
    (error,) = read_texts(tmp_path / name)
    assert "document type" in error.reason


def test_a_text_is_looked_for_in_the_same_folder_only(tmp_path):
    (tmp_path / "secret.txt").write_text("It may rain.", "utf-8")
    (tmp_path / "in").mkdir()
    item = {"type": "Annotation", "target": {"source": "../secret.txt", "selector": []}}
    (tmp_path / "in/a.jsonld").write_text(json.dumps({"items": [item]}), "utf-8")
    (error,) = read_texts(tmp_path / "in")
    assert error.file == str(tmp_path / "in/secret.txt")


@settings(max_examples=40, deadline=None)
@given(name=st.sampled_from([f"a{record.suffix}" for record in ALL if record.name != "docbin"]), data=st.data())
def test_nothing_but_errors_comes_of_files_that_are_something_else(name, data):
    json_like = st.recursive(
        st.none() | st.booleans() | st.integers(-2, 9) | st.text("ab", max_size=3),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(("data", "text", "items", "spans", "target", "annotations")), inner, max_size=3
            )
        ),
    )
    content = data.draw(st.one_of(st.binary(max_size=60), json_like.map(lambda value: json.dumps(value).encode())))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(content)
        for item in read_texts(path):
            assert isinstance(item, ExchangeError | MarkedText)


def test_marks_of_unknown_layers_and_labels_are_told_and_the_rest_is_kept():
    marks = (
        TextMark("x1", "hegde", "", (Span(19, 22),)),
        TextMark("x2", "hedge", "maybe", (Span(19, 22),)),
        TextMark("x3", "hedge", "possibility", (Span(19, 22),)),
        TextMark("x4", "source", "person", (Span(2, 10),)),
    )
    document, problems = document_of(MarkedText("smile", SMILE, marks), file="a.tsv")
    assert [m.category for m in document.markers] == ["possibility"]
    told = [str(problem) for problem in problems]
    assert told[0].startswith("a.tsv: smile: the mark 'may' has the layer 'hegde'; use one of cue, source, content")
    assert "is a hedge with the label 'maybe'; write one of possibility, probability" in told[1]
    assert told[2] == "a.tsv: the source 'x4' has no cue; draw a relation to it from its cue"


# ---------------------------------------------------------------- the records


def test_the_table_of_formats_is_in_the_docs_and_the_names_are_offered():
    assert carries_table() in (ROOT / "docs/formats.md").read_text("utf-8")
    assert tuple(FORMATS) == OFFERED


def test_a_format_is_known_by_its_file(tmp_path):
    for name in NAMES:
        for file, content in written(name).items():
            if file.endswith(FORMATS[name].suffix) and file != "TypeSystem.xml":
                (tmp_path / file).write_bytes(content)
                assert format_of(tmp_path / file).name == name
    with pytest.raises(ExchangeError, match=r"not in a known format; .*\.jsonld, \.tsv"):
        format_of(tmp_path / "smile.docx")


def test_a_missing_library_is_named_with_what_to_install(monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(ExchangeError, match=r'needs spaCy, .* run .venv/bin/pip install -e "\.\[spacy\]"'):
        written("docbin")


def test_an_article_in_the_words_of_a_person():
    document = annotate(Article("“It may rain,” Ann Reed said.", doc_id="rain"))
    marked = marked_text(document)
    assert [m.id for m in marked.marks if m.layer == "name"] == ["n1"]
    again, _ = document_of(replace(marked, marks=tuple(replace(m, details={}) for m in marked.marks)))
    assert [m.rule_id for m in again.markers] == ["HAND"]
    assert [e.name for e in again.entities] == ["Ann Reed"]
