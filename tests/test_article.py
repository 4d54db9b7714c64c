"""Reading articles: the text stays as it is, and a bad file loses nothing else."""

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.inputs.loading import iter_articles, load_articles, read_article
from analysis.inputs.metadata import NOTHING
from analysis.text.article import Article, ArticleError, ArticleWarning


def test_text_is_kept_to_the_byte(tmp_path):
    raw = "  Line one\r\nLine “two” \t\n\nécole e\u0301cole\n\n".encode()
    (tmp_path / "a.txt").write_bytes(raw)
    article = read_article(tmp_path / "a.txt")
    assert article.text.encode() == raw
    assert article.sha256 == article.file_sha256 == hashlib.sha256(raw).hexdigest()
    assert article.doc_id == "a"


def test_byte_order_mark_is_not_text(tmp_path):
    (tmp_path / "a.txt").write_bytes("\ufeffA vote.".encode())
    assert read_article(tmp_path / "a.txt").text == "A vote."


def test_front_matter(tmp_path):
    (tmp_path / "vote.md").write_text(
        "---\ntitle: 'A vote: delayed?'\noutlet: The Invented Post\npublished: 2031-02-03\nlicense: CC0\n"
        "mood: calm\n---\nThe vote may be delayed.\n",
        "utf-8",
    )
    article = read_article(tmp_path / "vote.md")
    assert article.text == "The vote may be delayed.\n"
    assert (article.title, article.outlet, article.published, article.licence, article.byline) == (
        "A vote: delayed?",
        "The Invented Post",
        "2031-02-03",
        "CC0",
        None,
    )


def test_front_matter_makes_no_objects(tmp_path):
    (tmp_path / "a.md").write_text("---\ntitle: !!python/object/apply:os.getcwd []\n---\nText.", "utf-8")
    with pytest.warns(ArticleWarning, match="title is not text; left out"):
        assert read_article(tmp_path / "a.md").title is None  # the tag is not obeyed, and a list is not a title


def test_what_no_file_can_hold_is_no_id_and_no_metadata():
    with pytest.raises(ArticleError, match="unpaired surrogate at offset 1"):
        Article("A vote.", doc_id="a\ud800")
    with pytest.raises(ArticleError, match="byte 0xfc at offset 0 is not UTF-8"):
        Article("A vote.", title="\udcfc")


def test_broken_front_matter_names_the_line(tmp_path):
    (tmp_path / "a.md").write_text("---\noutlet: X\ntitle: A vote: delayed\n---\nText.", "utf-8")
    with pytest.raises(ArticleError, match=r"a\.md:3: the front matter is not valid YAML"):
        read_article(tmp_path / "a.md")


def test_a_rule_is_not_front_matter(tmp_path):
    text = "---\nJust a line between rules\n---\nText."
    (tmp_path / "a.md").write_text(text, "utf-8")
    assert read_article(tmp_path / "a.md").text == text


def test_bad_date_is_left_out_with_a_warning(tmp_path):
    (tmp_path / "a.md").write_text("---\npublished: last Tuesday\n---\nText.", "utf-8")
    with pytest.warns(ArticleWarning, match="last Tuesday"):
        assert read_article(tmp_path / "a.md").published is None


BAD_FILES = {
    "latin1.txt": (b"Zur\xfcck in Z\xfcrich", "latin1.txt:1: byte 3 (0xfc) is not UTF-8"),
    "second-line.txt": (b"ok\nZur\xfcck", "second-line.txt:2: byte 6"),
    "two-encodings.txt": ("A vote".encode("utf-16") + b"x", "is not UTF-16"),
    "nul.txt": (b"A vote\0.", "NUL character at offset 6"),
    "empty.txt": (b"", "the file is empty"),
    "blank.txt": (b" \n\t\n", "it contains no text"),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_bad_file_is_named_and_the_others_are_read(tmp_path, name):
    content, message = BAD_FILES[name]
    (tmp_path / name).write_bytes(content)
    (tmp_path / "good.txt").write_text("A vote.", "utf-8")
    with pytest.warns(ArticleWarning) as caught:
        articles = load_articles(tmp_path)
    assert [a.doc_id for a in articles] == ["good"]
    assert len(caught) == 1
    assert message in str(caught[0].message)
    assert name in str(caught[0].message)


def test_nothing_to_read_is_an_error(tmp_path):
    with pytest.raises(ArticleError, match="no article in this folder"):
        load_articles(tmp_path)
    with pytest.raises(ArticleError, match="no such file or folder"):
        load_articles(tmp_path / "nowhere")
    (tmp_path / "a.txt").write_bytes(b"")
    with pytest.raises(ArticleError, match=r"a\.txt: the file is empty"):
        load_articles(tmp_path)


def test_folder_order_ids_and_what_is_left_out(tmp_path):
    for name in ("b.txt", "a.md", "a.txt", "README.md", "provenance.txt", ".hidden.txt", "c.png", "sub/d.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("A vote.", "utf-8")
    with pytest.warns(ArticleWarning, match=r"\.png 1 \(c\.png\), \.hidden\.txt, README\.md, provenance\.txt\."):
        assert [a.doc_id for a in load_articles(tmp_path)] == ["a.md", "a.txt", "b", "sub/d"]


def test_a_set_of_its_own_is_read_when_it_is_named(tmp_path):
    for name in ("a.txt", "b/b.txt", "set/c.txt", "set/deep/d.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("A vote.", "utf-8")
    (tmp_path / "set/.separate").touch()
    assert [a.doc_id for a in load_articles(tmp_path)] == ["a", "b/b"]
    assert [a.doc_id for a in load_articles(tmp_path / "set")] == ["c", "deep/d"]


def test_json_lines(tmp_path):
    lines = [
        json.dumps({"doc_id": "x1", "text": "One.", "outlet": "Post"}),
        "",
        '{"doc_id": "x2"}',
        "[1, 2]",
        "{broken",
        json.dumps({"text": "Five."}),
        '{"text": "\\ud800"}',
        '{"text": "", "doc_id": "x8"}',
    ]
    (tmp_path / "in.jsonl").write_text("\n".join(lines), "utf-8")
    items = list(iter_articles(tmp_path / "in.jsonl"))
    articles = [i for i in items if isinstance(i, Article)]
    assert [(a.doc_id, a.text, a.outlet) for a in articles] == [("x1", "One.", "Post"), ("in-6", "Five.", None)]
    errors = [str(i) for i in items if isinstance(i, ArticleError)]
    assert [e.split(".jsonl:")[1].split(":")[0] for e in errors] == ["3", "4", "5", "7", "8"]


def test_json_line_that_is_nested_too_deeply(tmp_path):
    (tmp_path / "in.jsonl").write_text("[" * 100_000 + "\n" + '{"text": "One."}', "utf-8")
    bad, good = iter_articles(tmp_path / "in.jsonl")
    assert "in.jsonl:1: objects or lists are nested too deeply" in str(bad)
    assert good.text == "One."


def test_text_must_be_text():
    with pytest.raises(ArticleError, match="bytes, not str"):
        Article(b"A vote.")


@pytest.mark.filterwarnings("ignore::analysis.text.article.ArticleWarning")  # of damage in it
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1))
@pytest.mark.filterwarnings("ignore::analysis.text.article.ArticleWarning")  # of its language
def test_any_text_survives_a_round_trip(tmp_path_factory, text):
    if not text.strip() or text.strip().lower() in NOTHING:
        return
    path = tmp_path_factory.mktemp("round") / "in.jsonl"
    path.write_text(json.dumps({"doc_id": "a", "text": text}), "utf-8")
    (article,) = load_articles(path)
    assert article.text == text
