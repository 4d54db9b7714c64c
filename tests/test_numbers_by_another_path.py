"""Every number in the sentences of figures, page and notebooks, worked out again from the CSV tables.

Only what stands in the files of `tables/` is read, as text, with loops and dicts: no pandas and none of the measures.
A sentence passes if all its numbers are the ones expected, in order, so that none is left unchecked.
"""

import csv
import io
import json
import re
from collections import Counter, defaultdict
from math import exp, factorial
from pathlib import Path

import pytest

from analysis import annotate, figures, make_tables, read_article, readability_table
from analysis.report import to_csv
from analysis.report.page_rows import key_numbers

ROOT = Path(__file__).parents[1]
TEXTS = ("seeds/000_ae027953efdecbb4.txt", "seeds/teaching/4-scoop.md", "seeds/teaching/1-agency-report.md")
EPISTEMIC = ("possibility", "probability", "appearance", "expectation", "belief", "hearsay", "condition", "question")
SILENT = ("question", "refusal")


def numbers(text):
    """The numbers of a sentence, as written; names of sources and sentences may hold digits, so they are cut first."""
    return re.findall(r"\d[\d,]*(?:\.\d+)?%?", text)


def percent(n, of):
    share = n / of
    return f"{100 * share:.1f}%" if 0 < share < 0.01 else f"{100 * share:.0f}%"


class Files:
    """The tables of one article, as rows of strings."""

    def __init__(self, path):
        document = annotate(read_article(ROOT / path))
        self.t, self.readability = make_tables(document), readability_table(document)
        rows = {name: list(csv.DictReader(io.StringIO(to_csv(frame)))) for name, frame in self.t.items()}
        self.words = int(rows["articles"][0]["n_words"])
        self.sentences, self.mentions = rows["sentences"], rows["mentions"]
        self.attributions = {a["attribution_id"]: a for a in rows["attributions"]}
        self.markers = [m for m in rows["markers"] if m["negated"] != "True" or m["family"] == "hedge"]
        self.numbers = rows["numbers"]
        self.passages = sorted(rows["passages"], key=lambda p: int(p["start"]))
        self.names = {e["entity_id"]: e["name"] for e in rows["entities"] if e["is_name"] == "True"}
        self.hedges = [m for m in self.markers if m["category"] in EPISTEMIC]

    def key(self, a):
        return a["source_entity"] or a["voice"].casefold()

    def speaks(self, a):
        return a["stance"] not in SILENT and a["source_kind"] not in ("none", "open")

    def whose(self, attribution_id):
        if not attribution_id:
            return "reporter"
        a = self.attributions[attribution_id]
        if a["stance"] in SILENT:
            return a["stance"]
        return a["source_kind"] if a["source_kind"] in ("none", "open") else "source"

    def by_class(self):
        found = Counter()
        for p in self.passages:
            found[self.whose(p["attribution_id"])] += int(p["n_words"])
        return found

    def by_source(self):
        found = Counter()
        for p in self.passages:
            if self.whose(p["attribution_id"]) == "source":
                found[self.key(self.attributions[p["attribution_id"]])] += int(p["n_words"])
        return found

    def sources(self):
        return {self.key(a) for a in self.attributions.values() if self.speaks(a)}

    def chain(self, a):
        found = []
        while a:
            kind = a["source_kind"]
            key = "none" if kind == "none" else self.key(a)
            if not found or found[-1] != key:
                found.append(key)
            a = self.attributions.get(a["parent"])
        return found

    def second_hand(self, a):
        """Through another source that the text gives, or an outlet (none of these articles is by one it names)."""
        if a["source_kind"] in ("open", "outlet"):
            return a["source_kind"] == "outlet"
        above, own = self.attributions.get(a["parent"]), self.key(a)
        while above:
            if above["source_kind"] not in ("none", "open") and (a["source_kind"] == "none" or self.key(above) != own):
                return True
            above = self.attributions.get(above["parent"])
        return False

    def named(self, a):
        kind = a["source_kind"]
        if kind in ("person", "organisation", "outlet"):
            return True
        return kind in ("government", "document", "event") and bool(a["source_entity"])

    def body_hedged(self):
        hedged = {m["sentence_id"] for m in self.hedges}
        body = [s["sentence_id"] for s in self.sentences if s["paragraph_kind"] == "body"]
        return sum(s in hedged for s in body), len(body)


@pytest.fixture(scope="module", params=TEXTS)
def files(request):
    return Files(request.param)


def without_names(files, text):
    """The text without the names of sources and entities, in which there may be digits."""
    known = {a["voice"] for a in files.attributions.values()} | set(files.names.values())
    for name in sorted(known, key=len, reverse=True):
        text = text.replace(name, "X")
    return text


def expect(files, name, wanted):
    text = getattr(figures, f"describe_{name}")(files.t)
    assert numbers(without_names(files, text)) == [str(n) for n in wanted], text


def test_whose_words(files):
    words, total = files.by_class(), files.words
    wanted = [total]
    for name in ("reporter", "source", "none", "question", "refusal"):
        n = words[name] + (words["open"] if name == "source" else 0)
        wanted += [n, percent(n, total)] if n else []
        if name == "source":
            by_source = files.by_source()
            top = [n for _, n in by_source.most_common()]
            wanted += [len(files.sources()), *top[:3]]
            passing = len(files.sources()) - len(top)
            wanted += [passing] * bool(passing) + [words["open"]] * bool(words["open"])
    assert sum(words.values()) == total
    expect(files, "voices", wanted)


def test_who_speaks_where(files):
    order = {}
    for p in files.passages:
        if files.whose(p["attribution_id"]) == "source":
            order.setdefault(files.key(files.attributions[p["attribution_id"]]), p["sentence_id"])
    first = list(order.values())
    own = files.by_class()["reporter"]
    more = [len(first) - 4] if len(first) > 4 else []
    expect(files, "voices_along", [files.words, own, percent(own, files.words), *first[:4], *more])


def test_through_whom(files):
    rows = files.attributions.values()
    said = [a for a in rows if a["stance"] not in SILENT]
    pronouns = sum(a["source_kind"] == "open" for a in said)
    nobody = sum(a["source_kind"] == "none" for a in said)
    silent = len(rows) - len(said)
    wanted = [len(files.sources()), sum(map(files.speaks, rows))]
    expect(files, "chains", wanted + [n for n in (pronouns, nobody, silent) if n])


def test_who_gives_the_numbers(files):
    total = len(files.numbers)
    found = Counter(n["source_kind"] for n in files.numbers)
    counts = sorted(found.items(), key=lambda item: (-item[1], item[0] != "reporter", item[0]))
    wanted = [total] + [x for _, n in counts for x in (n, percent(n, total))]
    sized = [n for n in files.numbers if n["kind"] not in ("rank", "date")]
    more = (
        sum(n["bound"] in ("about", "range") for n in sized),
        sum(n["bound"] in ("at-least", "at-most") for n in sized),
        sum(bool(n["disputed"]) for n in files.numbers),
    )
    expect(files, "numbers", [*wanted, *(n for n in more if n)])


def test_kinds_of_source(files):
    rows = list(files.attributions.values())
    kinds = sorted(Counter(a["source_kind"] for a in rows).values(), reverse=True)
    second = sum(map(files.second_hand, rows))
    nobody = sum(a["source_kind"] == "none" for a in rows)
    expect(files, "source_kinds", [len(rows), *kinds, sum(map(files.named, rows)), second, *[nobody] * bool(nobody)])


def beside(files):
    n = Counter(m["category"] for m in files.markers)
    return [n[c] for c in ("approximation", "vague-source", "bound", "booster") if n[c]]


def categories(files):
    n = Counter(m["category"] for m in files.hedges)
    order = [c for c in EPISTEMIC if n[c]]
    return [n[c] for c in sorted(order, key=lambda c: -n[c])]


def test_where_the_hedges_are(files):
    whose = Counter(
        {"reporter": "reporter", "source": "source", "open": "source"}.get(files.whose(m["attribution_id"]), "nobody")
        for m in files.hedges
    )
    parts = [whose[w] for w in ("reporter", "source", "nobody") if whose[w]]
    hedged, body = files.body_hedged()
    wanted = [len(files.hedges), *categories(files), *(parts if len(parts) > 1 else [])]
    expect(files, "hedges_along", [*wanted, hedged, body, percent(hedged, body), *beside(files)])


def test_hedges_by_category(files):
    rate = f"{1000 * len(files.hedges) / files.words:.1f}"
    expect(
        files, "hedge_categories", [len(files.hedges), files.words, rate, "1,000", *categories(files), *beside(files)]
    )


def poisson(n, words):
    """Garwood's limits per 1,000 words, by summing the distribution at each of many means."""

    def at_most(k, mean):
        return sum(exp(-mean) * mean**i / factorial(i) for i in range(k + 1))

    def solve(wrong):
        low, high = 0.0, 100.0
        for _ in range(60):
            middle = (low + high) / 2
            low, high = (middle, high) if wrong(middle) else (low, middle)
        return low

    low = solve(lambda mean: 1 - at_most(n - 1, mean) < 0.025) if n else 0.0
    return [f"{1000 * limit / words:.1f}" for limit in (low, solve(lambda mean: at_most(n, mean) > 0.025))]


def test_who_hedges(files):
    words, n = Counter(), Counter()
    for p in files.passages:
        words[files.whose(p["attribution_id"]) == "reporter"] += int(p["n_words"])
    n = sum(files.whose(m["attribution_id"]) == "reporter" for m in files.hedges)
    own, text = words[True], figures.describe_hedge_voices(files.t)
    low, high = poisson(n, own)
    wanted = ["1,000", f"{1000 * n / own:.1f}", str(n), str(own), "95%", low, high]
    assert numbers(without_names(files, text))[: len(wanted)] == wanted


def part_of(files):
    body = [s for s in files.sentences if s["paragraph_kind"] == "body"]
    first = body[0]["paragraph"]
    names = {"heading": "headings", "byline": "byline"}
    return {
        s["sentence_id"]: names.get(s["paragraph_kind"], "lead" if s["paragraph"] == first else "rest")
        for s in files.sentences
    }


def test_hedges_by_part(files):
    part = part_of(files)
    words, size, hedged, n, firm = Counter(), Counter(), defaultdict(set), Counter(), Counter()
    for s in files.sentences:
        words[part[s["sentence_id"]]] += int(s["n_words"])
        size[part[s["sentence_id"]]] += 1
    for m in files.hedges:
        n[part[m["sentence_id"]]] += 1
        hedged[part[m["sentence_id"]]].add(m["sentence_id"])
    for m in files.markers:
        firm[part[m["sentence_id"]]] += m["category"] == "booster"
    wanted = ["1,000"]
    for name in [p for p in ("headings", "byline", "lead", "rest") if words[p]]:
        wanted += [f"{1000 * n[name] / words[name]:.1f}", n[name], words[name], "95%", *poisson(n[name], words[name])]
        wanted += [percent(len(hedged[name]), size[name]), size[name], firm[name]]
    text = figures.describe_hedge_parts(files.t).partition(" The differences between them")[0]
    assert numbers(text) == [str(w) for w in wanted]


def test_names(files):
    n = Counter(m["entity_id"] for m in files.mentions if m["entity_id"] in files.names)
    text = without_names(files, figures.describe_entities(files.t))
    found = numbers(text)
    assert found[:2] == [str(len(n)), str(sum(n.values()))]
    assert found[2:-1] == [str(k) for k in sorted(n.values(), reverse=True)[: len(found) - 3]]
    assert found[-1] == str(sum(k == 1 for k in n.values()))


def test_who_of_the_names_speaks(files):
    said = Counter(a["source_entity"] for a in files.attributions.values() if files.speaks(a))
    speaking = sorted((said[k] for k in files.names if said[k]), reverse=True)
    found = numbers(without_names(files, figures.describe_speakers_topics(files.t)))
    others = len(files.sources()) - len(speaking)
    in_all = [len(speaking) + others, others] if others else []
    wanted = [*([len(speaking)] if speaking else []), *in_all, *speaking[:4]]
    assert found[1 : 1 + len(wanted)] == [str(n) for n in wanted]


def test_readability(files):
    grades = {}
    for row in csv.DictReader(io.StringIO(to_csv(files.readability))):
        if row["scope"] == "article" and row["unit"] == "US school grade" and row["value"]:
            grades[row["metric"]] = float(row["value"])
    textstat = grades.pop("gunning_fog")
    low, high = min(grades.values()), max(grades.values())
    wanted = [low, high, high - low, textstat, textstat - grades["gunning_fog_own"], grades["gunning_fog_own"]]
    assert numbers(figures.describe_readability_spread(files.readability)) == [f"{abs(w):.1f}" for w in wanted]


def test_the_four_numbers_of_the_page(files):
    words = files.by_class()
    sourced, rows = words["source"] + words["open"], list(files.attributions.values())
    named = sum(map(files.named, rows))
    n = Counter(m["entity_id"] for m in files.mentions if m["entity_id"] in files.names)
    wanted = [
        [percent(sourced, files.words), sourced, files.words, len(files.sources())],
        [percent(named, len(rows)), named, len(rows)],
        [f"{1000 * len(files.hedges) / files.words:.1f}", "1,000", len(files.hedges), files.words],
        [len(n), sum(n.values())],
    ]
    shown = [numbers(" ".join(item[:3])) for item in key_numbers(files.t)]
    assert shown == [[str(w) for w in row] for row in wanted]


def test_beside_each_of_them_stands_what_a_person_gave():
    files = Files(TEXTS[0])
    rows = list(csv.DictReader((ROOT / "analysis/resources/measured/trust.csv").read_text().splitlines()))
    for item, measure in zip(
        key_numbers(files.t), ("sourced-words", "named-sources", "hedge-rate", "names"), strict=True
    ):
        mine = [r for r in rows if r["measure"] == measure]
        totals = [sum(int(r[c]) for r in mine) for c in ("rules_count", "rules_of", "people_count", "people_of")]
        pooled = [totals[0] / totals[1], totals[2] / totals[3]]
        pairs = [
            (int(r["rules_count"]) / int(r["rules_of"]), int(r["people_count"]) / int(r["people_of"])) for r in mine
        ]
        widest = max(pairs, key=lambda pair: abs(pair[0] - pair[1]))
        show = {"hedge-rate": lambda v: f"{1000 * v:.1f}", "names": lambda v: f"{v:.1f}"}.get(
            measure, lambda v: f"{100 * v:.0f}%"
        )
        judged = list(csv.DictReader((ROOT / "analysis/resources/measured/judged.csv").read_text().splitlines()))
        free = [
            value
            for r in judged
            if r["measure"] == measure
            for value in (
                "60",
                show(int(r["rules_count"]) / int(r["rules_of"])),
                show(int(r["people_count"]) / int(r["people_of"])),
            )
        ]
        assert numbers(item[3]) == [str(len(mine)), *map(show, (*pooled, *widest)), *free]


@pytest.mark.parametrize("name", ["00-start-here", "02-sourcing", "03-hedging", "05-readability"])
def test_the_notebooks_say_what_the_tables_say(name):
    """The sentences under the figures of a notebook are those whose numbers are checked above."""
    files = Files(TEXTS[0])
    notebook = json.loads((ROOT / f"notebooks/{name}.ipynb").read_text("utf-8"))
    shown = " ".join(
        " ".join("".join(part) for part in output.get("data", {}).values())
        for cell in notebook["cells"]
        for output in cell.get("outputs", [])
    )
    source = "".join("".join(cell["source"]) for cell in notebook["cells"])
    plain = re.sub(r"\s+", " ", re.sub(r"[\\*]|<[^>]+>", "", shown)).replace("&#x27;", "'").replace("&#39;", "'")
    asked = re.findall(r"describe_(\w+)\((t|r)\)", source)
    assert asked
    for what, table in asked:
        text = getattr(figures, f"describe_{what}")(files.t if table == "t" else files.readability)
        assert " ".join(text.split()) in plain, what
