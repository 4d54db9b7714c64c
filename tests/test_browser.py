"""The reading view and the report in a real browser: what is copied, what the keyboard does, what fails."""

import random

import pytest
from browser import barriers, needs_browser, run
from helpers import gold_document, make_document

from analysis.reading import reading_page
from analysis.report import write_report

pytestmark = needs_browser

SELECT = """
  const range = document.createRange();
  range.selectNodeContents($(".text"));
  getSelection().removeAllRanges();
  getSelection().addRange(range);
  return [getSelection().toString(), $(".text").textContent];
"""


HOSTILE = make_document(
    "<b> said </mark> it may\r\nרוח ‮evil 👩‍👩‍👧 e\u0301 end. &amp; &lt;script&gt;alert(1)</script>\n\nOne\nTwo "
    + "x" * 10_000
    + " <!-- ]]> 'a' \"b\" `c` ${d} {{e}}",
    attributions=[{"source": "<b>", "cue": "said", "content": ["</mark> it may\r\nרוח ‮evil", "end. &amp;", "One"]}],
    markers=[
        {"words": "may", "category": "possibility", "attribution": "a1"},
        {"words": "&lt;script&gt;", "category": "booster"},
    ],
    mentions=[("</script>", "ORG", "e1"), ("x" * 10_000, "PERSON", "e2"), ("👩‍👩‍👧", "PERSON", "e3")],
    title="</title><script>alert(1)</script>",
    doc_id="\"'><img src=x onerror=alert(1)>",
)


@pytest.mark.parametrize("document", [gold_document(), HOSTILE], ids=["seed", "hostile"])
def test_what_is_selected_and_copied_is_the_text_alone(document, tmp_path):
    assert run(reading_page(document), SELECT, tmp_path) == [document.text, document.text]


USE = """
  const seen = {};
  const look = (selector) => getComputedStyle($(selector));
  seen.hedge = look(".text mark.c-probability").backgroundColor;
  $(".f-c-probability").click();
  seen.hedgeOff = look(".text mark.c-probability").backgroundColor;
  seen.tagOff = look(".text .tag.c-probability").display;
  seen.voice = look(".text .voice").backgroundColor;
  $(".f-voices").click();
  seen.voiceOff = look(".text .voice").backgroundColor;
  $(".f-voices").click();

  const button = [...document.querySelectorAll("button[data-light]")].find((b) => b.textContent.startsWith("Dmitry"));
  button.focus();
  button.click();
  seen.pressed = button.getAttribute("aria-pressed");
  seen.lit = [...document.querySelectorAll(".tag.start.on")].map((tag) => tag.dataset.label);
  button.click();
  seen.litAfter = document.querySelectorAll(".on").length;

  const tag = $(".text .tag.c-expectation");
  tag.click();
  seen.why = !$(".why").hidden && $(".why").textContent.includes("expected");
  tag.dispatchEvent(new KeyboardEvent("keydown", {key: "Escape", bubbles: true}));
  seen.closed = $(".why").hidden;
  seen.focus = document.activeElement === tag;
  const controls = [...document.querySelectorAll(".text a, .side input, .side button")];
  seen.unreachable = controls.filter((control) => control.tabIndex < 0).length;
  return seen;
"""


def test_filters_voices_and_reasons_work(tmp_path):
    seen = run(reading_page(gold_document()), USE, tmp_path)
    nothing = "rgba(0, 0, 0, 0)"
    assert seen["hedge"] == "rgb(255, 241, 184)"
    assert (seen["hedgeOff"], seen["tagOff"], seen["voiceOff"]) == (nothing, "none", nothing)
    assert seen["voice"] != nothing
    assert seen["pressed"] == "true"
    assert seen["lit"] == ["10 Dmitry Peskov, via Reuters", "12 Dmitry Peskov"]
    assert seen["litAfter"] == 0
    assert (seen["why"], seen["closed"], seen["focus"], seen["unreachable"]) == (True, True, True, 0)


SORT = """
  $(".matrix").open = true;       // closed where the window is narrow
  const table = $(".matrix table");
  const column = (n) => [...table.tBodies[0].rows].map((row) => row.cells[n].textContent);
  const button = table.tHead.rows[0].cells[1].querySelector("button");
  const seen = {before: column(0), sorts: []};
  for (let press = 0; press < 3; press += 1) {
    button.focus();
    button.click();
    seen.sorts.push([button.parentElement.getAttribute("aria-sort"), column(1).map(Number)]);
  }
  seen.after = column(0);
  seen.focus = document.activeElement === button;
  $(".matrix tbody a").click();
  seen.target = location.hash;
  seen.place = document.getElementById(location.hash.slice(1)).nextSibling !== null;
  return seen;
"""


def test_the_columns_of_the_sentence_matrix_sort_and_come_back(tmp_path):
    seen = run(reading_page(gold_document()), SORT, tmp_path)
    assert [order for order, _ in seen["sorts"]] == ["ascending", "descending", None]
    up, down = seen["sorts"][0][1], seen["sorts"][1][1]
    assert up == sorted(up)
    assert down == sorted(up, reverse=True)
    assert seen["before"] == seen["after"] == [str(n) for n in range(1, 16)]
    assert (seen["focus"], seen["target"], seen["place"]) == (True, "#s1", True)


SELECT_ALL = """
  const key = new KeyboardEvent("keydown", {key: "a", ctrlKey: true, bubbles: true, cancelable: true});
  document.body.dispatchEvent(key);
  return [key.defaultPrevented, getSelection().toString()];
"""


def test_select_all_takes_the_text_alone(tmp_path):
    document = gold_document()
    assert run(reading_page(document), SELECT_ALL, tmp_path) == [True, document.text]


@pytest.mark.parametrize("size", [(1280, 900), (390, 844)], ids=["desktop", "phone"])
def test_no_barriers_in_the_reading_view(size, tmp_path):
    assert barriers(reading_page(gold_document()), tmp_path, size=size) == []


def test_no_barriers_in_the_report(tmp_path):
    other = make_document(
        "Orbis said it may rain.",
        doc_id="rain",
        title="Rain",
        mentions=[("Orbis", "ORG", "e1")],
        attributions=[{"source": "Orbis", "cue": "said", "content": "it may rain"}],
        markers=[{"words": "may", "category": "possibility", "attribution": "a1"}],
    )
    of_each_section = ("compared", "voices", "hedges_along", "entities", "readability")
    page = write_report([gold_document(), other], tmp_path / "report", figures=of_each_section).read_text("utf-8")
    assert page.count("<img") == len(of_each_section)
    assert barriers(page, tmp_path) == []


def test_no_barriers_on_a_page_of_a_hostile_text_which_fits_a_phone(tmp_path):
    page = reading_page(HOSTILE)
    assert barriers(page, tmp_path) == []
    width = run(page, "return [document.documentElement.scrollWidth, innerWidth];", tmp_path, size=(390, 844))
    assert width[1] == 390
    assert width[0] <= width[1]


def long_document(words):
    """A long invented text, marked densely: a voice, a hedge and a name in each sentence."""
    names = ["Ann Reed", "Orbis Bank", "Tomas Reyl"]
    draw = random.Random(1)
    text, attributions, markers, mentions = "", [], [], []
    for n in range(words // 10):
        name = draw.choice(names)
        text += f"{name} said{n} the{n} old harbour may{n} reopen in June." + ("\n\n" if n % 4 == 3 else " ")
        attributions.append({"source": name, "cue": f"said{n}", "content": f"the{n} old harbour may{n} reopen"})
        markers.append({"words": f"may{n}", "category": "possibility", "attribution": f"a{n + 1}"})
    return make_document(text, attributions=attributions, markers=markers, mentions=mentions)


TIMES = """
  const time = (act) => { const start = performance.now(); act(); $(".text").getBoundingClientRect();
    return performance.now() - start; };
  return [time(() => $(".f-voices").click()), time(() => $("button[data-light]").click()),
          time(() => $(".matrix th button").click())];
"""


def test_a_page_of_twenty_thousand_words_answers_at_once(tmp_path):
    times = run(reading_page(long_document(20_000)), TIMES, tmp_path)
    assert max(times) < 3_000  # milliseconds, on a busy machine; a few hundred otherwise


SHEET = """
  const table = $(".sheet table");
  const row = [...table.tBodies[0].rows].find((row) => row.textContent.startsWith("Dmitry"));
  const button = row.querySelector("button");
  const seen = {};
  button.focus();
  button.click();
  seen.pressed = [...document.querySelectorAll("[aria-pressed=true]")].map((b) => b.textContent.slice(0, 6));
  seen.lit = [...document.querySelectorAll(".tag.start.on")].map((tag) => tag.dataset.label);
  seen.focus = document.activeElement === button;
  seen.outline = getComputedStyle($(".voice.on")).outlineStyle;
  button.click();
  seen.after = document.querySelectorAll(".on, [aria-pressed=true]").length;
  const heads = [...table.tHead.rows[0].cells];
  const at = heads.findIndex((head) => head.textContent === "words");
  heads[at].querySelector("button").click();
  heads[at].querySelector("button").click();
  seen.sorted = [...table.tBodies[0].rows].map((row) => Number(row.cells[at].textContent));
  return seen;
"""


@pytest.mark.parametrize("forced", ["none", "active"])
def test_a_row_of_the_sheet_lights_up_the_words_of_its_source(forced, tmp_path):
    seen = run(reading_page(gold_document()), SHEET, tmp_path, media={"forced-colors": forced})
    assert seen["pressed"] == ["Dmitry", "Dmitry"]
    assert seen["lit"] == ["10 Dmitry Peskov, via Reuters", "12 Dmitry Peskov"]
    assert (seen["focus"], seen["after"]) == (True, 0)
    assert seen["outline"] == ("solid" if forced == "active" else "none")  # a line where there is no tint
    assert seen["sorted"] == sorted(seen["sorted"], reverse=True)
