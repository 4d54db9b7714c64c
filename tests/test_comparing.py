"""Two texts of one story: what changed, what is copied, and whose words it is; against what a person wrote down."""

import json
import time
import tomllib
from pathlib import Path

import comparing as scoring
import pytest
from browser import barriers, needs_browser, run
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import annotate, cli, compare_versions, copied, figures, read_article, segment
from analysis.comparing import FINDINGS, GROUPS, KINDS, copies_among
from analysis.comparing.alignment import Match, moved
from analysis.comparing.page import versions_page
from analysis.comparing.runs import Run, shared_runs
from analysis.comparing.tables import CHANGES, COPIES, PASSAGES, changes_table, copies_table, passages_table
from analysis.comparing.wording import Step, steps
from analysis.corpora.shared import shared_passages, shared_table
from analysis.text.article import Article

ROOT = Path(__file__).parents[1]
LONG = "The new ferry burns a third less fuel than the old one and carries forty cars more on each of its many trips."


def texts(*numbers, folder="teaching"):
    paths = sorted((ROOT / f"seeds/{folder}").glob("*.md"))
    return [annotate(read_article(path)) for path in paths if path.name[0] in numbers]


@pytest.fixture(scope="module")
def overnight():
    return compare_versions(*texts("1", "2", folder="versions"))


def kinds(old, new):
    return [change.kind for change in compare_versions(annotate(old), annotate(new)).changes]


# ---------------------------------------------------------------- against a person


@pytest.mark.parametrize("name", ["versions", "copies"])
def test_nine_of_ten_that_readers_see_are_right(name):
    found = scoring.judged(name)
    right, missed, wrong = (sum(len(getattr(pair, part)) for pair in found) for part in ("right", "missed", "wrong"))
    assert right / (right + wrong) >= 0.9
    assert right / (right + missed) >= 0.9


def test_every_kind_of_change_and_finding_is_in_the_gold():
    assert {c["kind"] for pair in scoring.pairs("versions") for c in pair["changes"]} == set(KINDS)
    assert {p["finding"] for pair in scoring.pairs("copies") for p in pair["passages"]} | {"open"} == set(FINDINGS)
    assert {kind.group for kind in KINDS.values()} == set(GROUPS)


def test_what_changed_overnight_is_what_a_person_wrote_down(overnight):
    key = tomllib.loads((ROOT / "seeds/versions/keys/changes.toml").read_text("utf-8"))["change"]
    old, new = overnight.old, overnight.new
    pair = {"name": "overnight", "old": old.text, "new": new.text, "changes": key}
    pair |= {"old_title": old.article.title, "new_title": new.article.title}
    found = scoring.judged_versions(pair)
    assert (found.missed, found.wrong) == ([], [])


def test_both_versions_say_that_they_are_invented():
    for document in texts("1", "2", folder="versions"):
        assert document.article.outlet.endswith("(invented)")
        assert document.article.licence == "CC0"
        assert "note: Invented for teaching." in Path(document.article.path).read_text("utf-8")


def test_the_relations_of_the_teaching_texts():
    """The report has the release's words, most of them as its own; the agency shares a passage with neither."""
    agency, release, report = texts("1", "2", "3")
    assert [(c.text.doc_id, c.of.doc_id) for c in copies_among([agency, release, report])] == [
        ("3-copied-report", "2-press-release")
    ]
    found = copied(report, of=release)
    assert 0.5 < found.share < 0.65
    own = [p.here_words.split(",")[0] for p in found.found("as-own")]
    assert "The award-winning crossing" in own
    assert "The works are expected to be completed ahead of schedule" in own
    said = {p.voice for p in found.passages if p.quoted}
    assert said == {"Tobias Varrow", "Selma Orde"}
    assert all(p.finding == "same-source" for p in found.passages if p.quoted)


# ---------------------------------------------------------------- changes


def test_a_text_has_not_changed_from_itself():
    for document in texts("1", "4", "7"):
        found = compare_versions(document, document)
        assert found.changes == ()
        assert all(group.untouched for group in found.kept)


def test_a_change_has_its_spans_its_place_and_its_reason(overnight):
    for change in overnight.changes:
        for side, document in (("old", overnight.old), ("new", overnight.new)):
            span, words = getattr(change, side), getattr(change, f"{side}_words")
            if span is not None and " … " not in words:
                assert " ".join(document.text[span.start : span.end].split()) == words
        assert change.old_words or change.new_words
        assert change.reason.endswith(".")
    lost = overnight.of_kind("hedge-lost")[0]
    assert lost.new is None
    assert overnight.new.text[slice(*lost.new_place)].startswith("The tank was filled")


def test_a_kind_that_there_is_none_of_is_refused(overnight):
    with pytest.raises(ValueError, match="'bias' is not a kind of change; choose from source-added"):
        overnight.of_kind("bias")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("The fee is 1,200 crowns.", "The fee is 1200 crowns."),
        ("It cost two million crowns.", "It cost 2,000,000 crowns."),
        ("Twenty-one boats sank.", "21 boats sank."),
    ],
)
def test_a_number_written_otherwise_is_no_other_number(old, new):
    assert "number-changed" not in kinds(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("The plan costs $300 million.", "The plan costs £300 million."),
        ("The plan costs 300 euros.", "The plan costs 300 pounds."),
        ("The work takes two weeks.", "The work takes two months."),
        ("The road is 20 miles long.", "The road is 20 kilometres long."),
        ("It fell by 5 per cent.", "It fell by 5 percentage points."),
        ("It cost 1,200 euros.", "It cost 12,000 euros."),
    ],
)
def test_another_currency_or_unit_is_another_number(old, new):
    assert "number-changed" in kinds(old, new)


def test_who_is_quoted_inside_a_quotation_is_not_the_text_s_source():
    more = "“The mayor told me that it was safe,” said Ann Reed."
    assert sorted(kinds("It rained.", f"It rained.\n\n{more}")) == ["passage-added", "source-added"]


def test_the_shorter_of_two_that_changed_places_moved():
    matches = [Match((0,), (1,)), Match((1,), (0,)), Match((2,), (2,))]
    assert moved(matches, [30, 5, 10]) == {1: "moved-up"}
    assert moved(matches, [5, 30, 10]) == {0: "moved-down"}


def test_words_are_compared_from_both_ends():
    assert steps("a b c d".split(), "a x c d".split()) == [
        Step(True, (0, 1), (0, 1)),
        Step(False, (1, 2), (1, 2)),
        Step(True, (2, 4), (2, 4)),
    ]
    assert steps([], ["a"]) == [Step(False, (0, 0), (0, 1))]


# ---------------------------------------------------------------- any text, long text

TEXT = st.lists(st.sampled_from(["Ann said", "it", "may", "rain.", "“No,”", "12", "Monday", "\n\n", "not", "…"])).map(
    lambda parts: "It. " + " ".join(parts)
)


@given(TEXT, TEXT)
@settings(max_examples=40, deadline=None)
def test_any_two_texts_can_be_compared(one, other):
    a, b = annotate(one), annotate(other)
    found = compare_versions(a, b)
    for change in found.changes:
        for side, document in (("old", a), ("new", b)):
            span = getattr(change, side)
            assert span is None or 0 <= span.start < span.end <= len(document.text)
    assert len({(c.kind, c.old, c.new, c.old_words, c.new_words) for c in found.changes}) == len(found.changes)
    matched = [k for group in found.kept for k in group.match.new]
    assert len(matched) == len(set(matched))
    shared = copied(a, of=b, least=3)
    assert 0 <= shared.n_copied <= shared.n_words
    assert versions_page(found).count("</section>") == 1


@given(st.lists(st.sampled_from("abc"), max_size=30), st.lists(st.sampled_from("abc"), max_size=30))
def test_runs_are_the_same_words_and_none_is_missed(ours, theirs):
    runs = shared_runs(ours, theirs, 3)
    for here, there, length in runs:
        assert ours[here : here + length] == theirs[there : there + length]
    known = {tuple(theirs[k : k + 3]) for k in range(len(theirs) - 2)}
    wanted = {k + n for k in range(len(ours) - 2) if tuple(ours[k : k + 3]) in known for n in range(3)}
    assert {k for here, _, length in runs for k in range(here, here + length)} == wanted


@pytest.mark.parametrize("sentence", ["word ", "Ann Reed said it may rain. ", "rain\n\n"])
def test_time_grows_with_the_length_where_words_repeat(sentence):
    def seconds(size):
        a = segment(Article(sentence * (size // len(sentence))))
        b = segment(Article("Snow.\n\n" + sentence * (size // len(sentence))))
        start = time.process_time()
        compare_versions(a, b)
        copied(b, of=a)
        return time.process_time() - start

    def best(size):
        return min(seconds(size) for _ in range(3))

    assert best(60_000) < max(0.2, 12 * best(15_000))  # four times the text; sixteen times would be its square


# ---------------------------------------------------------------- copies


def test_the_least_length_is_asked_for_in_words():
    a, b = annotate("We saw a heavy red stone bridge."), annotate("They saw a heavy red stone tower.")
    assert [p.here_words for p in copied(a, of=b, least=5).passages] == ["saw a heavy red stone"]
    assert copied(a, of=b).passages == ()
    with pytest.raises(ValueError, match="least=0 is not a number of words; give a whole number"):
        copied(a, of=b, least=0)
    with pytest.raises(ValueError, match="'theft' is not a finding; choose from as-own"):
        copied(a, of=b).found("theft")


def test_a_pronoun_that_was_not_traced_is_nobody_s():
    a = annotate("The gates of the old lock were left open all night, he said.")
    b = annotate("The gates of the old lock were left open all night, Ann Reed said.")
    assert [p.finding for p in copied(a, of=b).passages] == ["open"]


def test_many_articles_that_share_passages():
    def article(name, day, text):
        return Article(text, doc_id=name, published=day)

    found = list(
        shared_passages(
            [
                article("paper", "2031-02-03", f"A ferry is new. {LONG}"),
                article("release", "2031-02-01", f"{LONG} We are proud."),
                article("other", "2031-02-02", "A choir sang in the rain, and hundreds came to listen to it."),
            ]
        )
    )
    assert [(p.doc_id, p.other, p.first, p.n_shared) for p in found] == [("paper", "release", "release", 23)]
    assert found[0].longest == LONG.rstrip(".")
    same = shared_table([article("a", None, LONG), article("b", "2031-01-01", LONG)])
    assert same["first"].isna().all()
    assert same["near_duplicate"].all()
    assert shared_table([]).empty
    with pytest.raises(ValueError, match="least=0"):
        list(shared_passages([], least=0))


def test_a_notice_that_all_articles_carry_does_not_make_every_pair():
    found = list(shared_passages(Article(f"Number {n}. {LONG}", doc_id=str(n)) for n in range(60)))
    assert len({pair.other for pair in found} | {found[0].doc_id}) == 60
    assert len(found) < 60 * 21


def test_runs_jump_to_the_end_of_a_long_one():
    assert shared_runs(["a"] * 1000, ["a"] * 900, 6)[0] == Run(0, 0, 900)


# ---------------------------------------------------------------- tables, figures, pages, the command


def test_tables_keep_their_columns(overnight):
    agency, release, report = texts("1", "2", "3")
    for found, frame, dtypes in (
        (overnight, changes_table, CHANGES),
        (copied(report, of=release), passages_table, PASSAGES),
        (copied(report, of=release), copies_table, COPIES),
        (compare_versions(agency, agency), changes_table, CHANGES),
        (copied(report, of=agency), passages_table, PASSAGES),
        ([], copies_table, COPIES),
    ):
        assert frame(found).dtypes.astype(str).to_dict() == dtypes
    rows = changes_table(overnight)
    assert len(rows) == 16
    dropped = rows[rows["kind"] == "passage-dropped"].iloc[0]
    assert (dropped["old_paragraph"], dropped["old_sentence"]) == (2, 2)
    assert rows[rows["kind"] == "passage-dropped"]["new_start"].isna().all()


def test_figures_say_what_they_show(overnight):
    agency, release, report = texts("1", "2", "3")
    shared = copied(report, of=release)
    assert figures.describe_copied(shared).startswith("175 of 300 words (58%) are in 11 passages")
    bars = figures.figure_data(figures.plot_copied(shared))
    assert set(bars["y"]) == {f"paragraph {n}" for n in range(1, 11)}
    assert "No passage of 6 words" in figures.describe_copied(copied(report, of=agency))
    figures.plot_copied(copied(report, of=agency), width="one")
    assert figures.describe_changes(overnight).startswith("16 changes: source added (1), source dropped (2)")
    assert figures.figure_data(figures.plot_changes(overnight, width="one"))["x_end"].astype(float).sum() == 16
    ticks = figures.plot_changes(overnight).get_xticks()
    assert [tick for tick in ticks if tick % 1] == []  # there are no half changes
    figures.plot_changes(compare_versions(report, report))


def test_the_page_holds_both_texts_and_each_change(overnight):
    page = versions_page(overnight)
    for number in range(1, len(overnight.changes) + 1):
        assert f'id="p1-c{number}"' in page
        assert f'id="p1-old{number}"' in page or f'id="p1-new{number}"' in page
    assert "never why" in page
    with pytest.raises(ValueError, match="give at least two texts"):
        versions_page([])


def test_text_stays_text_on_the_page():
    bad = "<script>alert(1)</script> & <b>bold</b>, Ann Reed said. It may rain."
    page = versions_page(compare_versions(annotate(bad), annotate(bad.replace("may", "will"))))
    assert "<script>alert" not in page
    assert "<b>bold" not in page


@pytest.fixture
def two_files(tmp_path):
    for name, word in (("old", "said"), ("new", "claimed")):
        (tmp_path / f"{name}.txt").write_text(f"It is safe, Ann Reed {word}.", "utf-8")
    return tmp_path / "old.txt", tmp_path / "new.txt"


def test_the_command_writes_page_table_and_json(two_files, tmp_path, capsys):
    old, new = map(str, two_files)
    out = tmp_path / "changes"
    assert cli.main(["versions", old, new, "-o", str(out), "--format", "html,csv,json"]) == 0
    assert capsys.readouterr().out.split() == [f"{out}.{name}" for name in ("html", "csv", "json")]
    change = json.loads(Path(f"{out}.json").read_text("utf-8"))["versions"][0]["changes"][0]
    assert (change["kind"], change["old"], change["new_words"]) == ("cue-changed", [21, 25], "claimed")
    assert "cue-changed" in Path(f"{out}.csv").read_text("utf-8")
    assert cli.main(["versions", old, new, "-o", str(out), "--format", "html,csv,json"]) == 0  # its own files again
    capsys.readouterr()
    assert cli.main(["versions", old, new, old, "--format", "csv"]) == 1  # the third is the first again, and refused
    assert capsys.readouterr().out.count("cue-changed") == 1


def test_the_command_says_what_is_wrong(two_files, tmp_path, capsys):
    old, new = map(str, two_files)
    assert cli.main(["versions", old]) == 1
    assert "two or more articles are needed and 1 could be read" in capsys.readouterr().err
    assert cli.main(["versions", old, new, "--format", "pdf"]) == 2
    assert "--format: 'pdf' is not a format; choose one or more of html, csv, json" in capsys.readouterr().err
    assert cli.main(["versions", old, new, "--format", "html,csv"]) == 2
    assert "name one with -o" in capsys.readouterr().err
    assert cli.main(["versions", old, new, "-o", old]) == 2
    (tmp_path / "mine.csv").write_text("my own", "utf-8")
    assert cli.main(["versions", old, new, "-o", str(tmp_path / "mine.csv")]) == 2
    assert (tmp_path / "mine.csv").read_text("utf-8") == "my own"


def test_the_command_copies(tmp_path, capsys):
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(f"This is {name}. {LONG}", "utf-8")
    out = tmp_path / "copies.csv"
    for _ in range(2):
        assert cli.main(["copies", str(tmp_path / "a.txt"), str(tmp_path / "b.txt"), "-o", str(out)]) == 0
    assert out.read_text("utf-8").splitlines()[1].startswith("a,b,")
    assert cli.main(["copies", str(tmp_path / "a.txt"), str(tmp_path / "none.txt")]) == 1
    assert "none.txt" in capsys.readouterr().err


@needs_browser
def test_no_barriers_and_no_sideways_scrolling_on_the_page(overnight, tmp_path):
    page = versions_page(overnight)
    for size in ((1280, 900), (360, 740)):
        assert barriers(page, tmp_path, size=size) == []
    wide = "return document.documentElement.scrollWidth - document.documentElement.clientWidth;"
    assert run(page, wide, tmp_path, size=(360, 740)) == 0


@needs_browser
@pytest.mark.parametrize("media", [{"prefers-color-scheme": "dark"}, {"forced-colors": "active"}])
def test_the_page_can_be_read_in_the_dark_and_in_chosen_colours(overnight, tmp_path, media):
    script = """
      const look = getComputedStyle($(".mark.gone"));
      const body = getComputedStyle(document.body);
      return [look.borderBottomStyle, body.color !== body.backgroundColor];
    """
    assert run(versions_page(overnight), script, tmp_path, media=media) == ["dotted", True]


@needs_browser
def test_filters_links_and_highlighting(overnight, tmp_path):
    script = """
      const shown = (row) => row.offsetParent !== null;
      const rows = () => [...document.querySelectorAll(".differences tbody tr")].filter(shown).length;
      const all = rows();
      $(".f-quotation-altered").click();
      const fewer = rows();
      const label = $(".no.k-hedge-lost");
      label.dispatchEvent(new Event("pointerover", {bubbles: true}));
      const lit = document.querySelectorAll(".lit").length;
      const target = $(label.getAttribute("href")).querySelector("td").textContent;
      const words = $(".text.new .words").textContent;
      return [all, fewer, lit > 1, target, words];
    """
    found = run(versions_page(overnight), script, tmp_path)
    assert found == [16, 14, True, "hedge lost", overnight.new.text]
