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
    assert (seen["why"], seen["closed"], seen["focus"]) == (True, True, True)


MARKS = """
  const seen = {};
  const words = (selector) => [...document.querySelectorAll(selector)];
  const open = () => $(".why").hidden ? null : $(".why strong").textContent;
  const all = {bubbles: true, cancelable: true};
  const press = (key) => document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {key, ...all}));
  const click = (element) => { element.dispatchEvent(new MouseEvent("click", all)); return open(); };

  // the whole mark is the target
  const peskov = words(".text .cue").find((cue) => cue.textContent === "said" && cue.dataset.note === "a10");
  seen.cue = click(peskov);
  seen.source = click(words(".text .source").find((s) => s.dataset.note === "a10"));
  seen.passage = click(words(".text .voice").find((s) => s.dataset.note === "a10"));
  seen.hedge = click(words(".text mark")[0]);
  seen.name = click(words(".text .name")[2]);
  seen.lit = words(".text .here").length > 0;
  const inside = words(".text .voice .voice .name")[0];
  seen.inside = click(inside);
  seen.around = [...$(".why .more").querySelectorAll("button")].map((b) => b.textContent);
  $(".why .more button").click();
  seen.turned = open();
  press("Escape");
  seen.closed = open();

  // one tab stop, and from there with the keys
  const links = words(".text a");
  seen.links = links.length;
  const stops = () => links.filter((link) => link.tabIndex === 0);
  seen.stops = stops().length;
  links[0].focus();
  const passed = [document.activeElement];
  for (let step = 1; step < links.length; step += 1) { press("ArrowRight"); passed.push(document.activeElement); }
  seen.all = passed.every((link, at) => link === links[at]);
  seen.stopsAfter = [stops().length, stops()[0] === links[links.length - 1]];
  press("ArrowRight");
  seen.last = document.activeElement === links[links.length - 1];
  press("Home");
  seen.first = document.activeElement === links[0];
  press("End");
  press("ArrowLeft");
  seen.back = document.activeElement === links[links.length - 2];
  press("Home");
  links[0].click();
  const before = open();
  press("ArrowRight");
  seen.follows = before !== open() && document.activeElement === links[1];
  press("Escape");
  $(".f-g-place").click();             // what is filtered away is still a word, and is still passed
  const range = document.createRange();
  range.selectNodeContents(words(".text .voice")[0]);
  getSelection().addRange(range);
  seen.selecting = click(words(".text .voice")[0]);     // words are being selected: nothing opens
  getSelection().removeAllRanges();
  return seen;
"""


def test_the_whole_mark_is_the_target_and_arrow_keys_go_from_mark_to_mark(tmp_path):
    seen = run(reading_page(gold_document()), MARKS, tmp_path, size=(1366, 768))
    whose = "10 Dmitry Peskov, via Reuters"
    assert (seen["cue"], seen["source"], seen["passage"]) == (whose, whose, whose)
    assert (seen["hedge"], seen["name"], seen["lit"]) == ("approximation", "Vladimir Putin", True)
    assert seen["inside"] == "2 a decree published on Saturday, via Reuters"
    assert (seen["around"], seen["turned"]) == (["1 Reuters"], "1 Reuters")
    assert seen["closed"] is None
    assert seen["links"] > 50
    assert (seen["stops"], seen["all"], seen["stopsAfter"]) == (1, True, [1, True])
    assert (seen["last"], seen["first"], seen["back"], seen["follows"]) == (True, True, True, True)
    assert seen["selecting"] is None


TIP = """
  const tag = [...document.querySelectorAll(".text .tag.start")].find((one) => one.dataset.cut);
  const tip = $(".tip");
  const seen = {cut: tag.dataset.cut, before: tip.hidden};
  tag.dispatchEvent(new MouseEvent("mouseover", {bubbles: true}));
  const box = tip.getBoundingClientRect();
  seen.hover = [tip.hidden, tip.textContent, box.left >= 0 && box.right <= innerWidth];
  $(".text").dispatchEvent(new MouseEvent("mouseleave"));
  seen.left = tip.hidden;
  tag.focus();
  for (const key of ["ArrowRight", "ArrowLeft"]) {
    document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true, cancelable: true}));
  }
  seen.focus = [document.activeElement === tag, tip.textContent];
  tag.click();
  const why = $(".why").getBoundingClientRect();
  seen.why = [$(".why strong").textContent, why.left >= 0 && why.right <= innerWidth && why.bottom <= innerHeight];
  seen.fits = document.documentElement.scrollWidth <= innerWidth;
  seen.hidden = tag.getBoundingClientRect().bottom > why.top;
  return seen;
"""


def test_on_a_phone_a_long_name_is_cut_told_in_full_and_nothing_overflows(tmp_path):
    seen = run(reading_page(gold_document()), TIP, tmp_path, size=(360, 740))
    whole = "2 a decree published on Saturday, via Reuters"
    assert (seen["cut"], seen["before"], seen["hover"]) == (
        "2 a decree published on Satur…",
        True,
        [False, whole, True],
    )
    assert (seen["left"], seen["focus"]) == (True, [True, whole])
    assert (seen["why"], seen["fits"], seen["hidden"]) == ([whole, True], True, False)


COVERS = """
  $(".text .cue").click();
  const table = $(".matrix table");
  for (const row of table.rows) {
    row.scrollIntoView({block: "center", behavior: "instant"});
    const cell = row.cells[row.cells.length - 1].getBoundingClientRect();
    const at = document.elementFromPoint(cell.left + cell.width / 2, cell.top + cell.height / 2);
    if (!table.contains(at)) return at.outerHTML;
  }
  return table.rows.length;
"""


def test_the_panel_never_covers_the_table_of_sentences(tmp_path):
    assert run(reading_page(gold_document()), COVERS, tmp_path, size=(1440, 900)) == 16


# WCAG 2.2, 2.5.8: a target has 24 px, or a circle of 24 px around its middle meets no other one; not within a sentence.
TARGETS = """
  for (const panel of document.querySelectorAll("details")) panel.open = true;
  $(".text .voice .name").click();
  const all = [...document.querySelectorAll("a[href], button, summary, label, input")]
    .filter((one) => !one.closest(".text") && !one.matches(".skip, label input") && one.getClientRects().length);
  const boxes = all.map((one) => one.getBoundingClientRect());
  const off = (at, low, high) => Math.max(low - at, 0, at - high);
  const gap = (x, y, box) => Math.hypot(off(x, box.left, box.right), off(y, box.top, box.bottom));
  const small = all.filter((one, at) => {
    const box = boxes[at];
    if (box.width >= 24 && box.height >= 24) return false;
    const x = (box.left + box.right) / 2, y = (box.top + box.bottom) / 2;
    return boxes.some((other, k) => k !== at && !all[k].contains(one) && gap(x, y, other) < 12);
  });
  return [all.length, small.map((one) => one.outerHTML.slice(0, 120))];
"""


@pytest.mark.parametrize("size", [(1366, 768), (360, 740)], ids=["desktop", "phone"])
def test_every_control_is_24_px_or_has_as_much_room(size, tmp_path):
    controls, small = run(reading_page(gold_document()), TARGETS, tmp_path, size=size)
    assert controls > 50
    assert small == []


PRINTED = """
  const shown = (selector) => $(selector).getClientRects().length > 0;
  return {side: shown(".side"), legend: $(".legend").textContent, legendShown: shown(".legend"), text: shown(".text"),
          page: getComputedStyle(document.documentElement).colorScheme,
          mark: getComputedStyle($(".text mark")).backgroundColor};
"""


@pytest.mark.parametrize("size", [(718, 1000), (1366, 768)], ids=["paper", "desktop"])
def test_on_paper_there_is_a_line_of_legend_in_place_of_the_panel_and_it_is_light(size, tmp_path):
    media = {"prefers-color-scheme": "dark", "type": "print"}
    seen = run(reading_page(gold_document()), PRINTED, tmp_path, size=size, media=media)
    assert (seen["side"], seen["legendShown"], seen["text"]) == (False, True, True)
    assert seen["legend"].startswith("who says what; double line: at second hand · hedge · booster · person")
    assert (seen["page"], seen["mark"]) == ("light", "rgb(255, 241, 184)")


# The contrast of every word in sight with what is behind it, generated labels too.
CONTRAST = """
  const numbers = (colour) => colour.match(/[0-9.]+/g).map(Number);
  const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
  const shade = (colours) => {        // colours on top of each other, the lowest first
    canvas.clearRect(0, 0, 1, 1);
    for (const colour of colours) { canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); }
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const light = (rgb) => {
    const [r, g, b] = rgb.map((c) => c / 255).map((c) => c <= .03928 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const ratio = (a, b) => (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
  const behind = (element) => {
    const found = [];
    for (let at = element; at; at = at.parentElement) {
      const style = getComputedStyle(at);
      const wash = style.backgroundImage.match(/^linear-gradient\\((.+?\\)), /);
      if (wash && at.matches(".text *")) found.unshift(wash[1]);
      found.unshift(style.backgroundColor);
    }
    return found;
  };
  const poor = [];
  let looked = 0;
  const look = (element, style, under, what) => {
    looked += 1;
    const found = ratio(light(shade([...under, style.color])), light(shade(under)));
    if (found < 4.5) poor.push(`${found.toFixed(2)} ${what} ${element.className}`);
  };
  const check = (elements = document.querySelectorAll("body *")) => {
    for (const element of elements) {
      if (!element.getClientRects().length) continue;
      const under = behind(element);
      if ([...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim())) {
        look(element, getComputedStyle(element), under, element.textContent.slice(0, 20));
      }
      for (const part of ["::before", "::after"]) {
        const style = getComputedStyle(element, part);
        if (!/^"|attr/.test(style.content) || style.content === '""') continue;
        look(element, style, [...under, style.backgroundColor], `${part} ${style.content}`);
      }
    }
  };
  check();
  for (const key of new Set([...document.querySelectorAll(".text [data-note]")].map((part) => part.dataset.note))) {
    const parts = [...document.querySelectorAll(`.text [data-note="${key}"]`)];
    for (const part of parts) part.classList.add("here");
    for (const part of parts) check([part, ...part.querySelectorAll("*")]);
    for (const part of parts) part.classList.remove("here");
  }
  $(".text .tag").click();
  $("button[data-light]").click();
  check();
  return [looked, [...new Set(poor)]];
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_word_can_be_read_on_what_is_behind_it(scheme, tmp_path):
    page = reading_page(gold_document())
    looked, poor = run(page, CONTRAST, tmp_path, size=(1366, 768), media={"prefers-color-scheme": scheme})
    assert looked > 1_000
    assert poor == []


FORCED = """
  const seen = {};
  const box = document.createElement("i");
  document.body.append(box);
  const system = (name) => { box.style.color = name; return getComputedStyle(box).color; };
  const mark = getComputedStyle($(".text mark"));
  seen.mark = [mark.color === system("CanvasText"), mark.backgroundColor === system("Canvas"), mark.borderTopStyle];
  const sample = getComputedStyle($(".filters mark"));
  seen.sample = [sample.color === system("CanvasText"), sample.backgroundColor === system("Canvas")];
  seen.apart = system("CanvasText") !== system("Canvas");
  box.remove();
  return seen;
"""


def test_hedges_can_be_read_where_the_system_chooses_the_colours(tmp_path):
    seen = run(reading_page(gold_document()), FORCED, tmp_path, media={"forced-colors": "active"})
    assert seen == {"mark": [True, True, "solid"], "sample": [True, True], "apart": True}


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


ANSWERING = """
  $(".text .cue").click();
  const light = $("button[data-light]");
  if (light.getClientRects().length) light.click();
"""


@pytest.mark.parametrize(
    ("size", "media", "first"),
    [
        ((1280, 900), {}, ""),
        ((1280, 900), {"prefers-color-scheme": "dark"}, ANSWERING),
        ((360, 740), {}, ANSWERING),
        ((1280, 900), {"forced-colors": "active"}, ANSWERING),
    ],
    ids=["desktop", "dark, with a reason", "phone, with a reason", "forced colours"],
)
def test_no_barriers_in_the_reading_view(size, media, first, tmp_path):
    assert barriers(reading_page(gold_document()), tmp_path, size=size, media=media, first=first) == []


WIDTH_OF_ALL = """
  for (const part of document.querySelectorAll("details")) part.open = true;
  return document.documentElement.scrollWidth;
"""


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
    assert barriers(page, tmp_path, media={"prefers-color-scheme": "dark"}) == []
    assert run(page, WIDTH_OF_ALL, tmp_path, size=(360, 740)) <= 360


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
