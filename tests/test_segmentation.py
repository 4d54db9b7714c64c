"""Paragraphs, headings, quotations, tokens, sentences: golden rules, then invariants on any text."""

import gc
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.text.article import Article
from analysis.text.segmentation import MANY, segment


def pieces(text, layer):
    document = segment(Article(text))
    return [text[x.start : x.end] for x in getattr(document, layer)]


# Each row is one paragraph, with | where a sentence ends. One line per rule, named for what it shows.
SENTENCES = {
    "plain": "The vote was held.| It passed.",
    "question and exclamation": "Who won?| Nobody!| The vote was void.",
    "titles": "Mr. Reed met Dr. Ana Silva and Gen. Okoro.| They spoke.",
    "initials": "J. K. Rowan and John F. Adler signed.| Both left.",
    "initialism inside": "The U.S. envoy met U.N. staff.| Talks go on.",
    "initialism at the end": "He flew to the U.S.| The talks failed.",
    "initialism before a name": "The U.S. Senate voted.",
    "time of day": "It opened at 9 a.m.| The hall was full.",
    "time of day inside": "At 9 a.m. Monday the hall was full.",
    "months": "They met on Sept. 3 and Oct. 4.| Nothing came of it.",
    "decimals": "Prices rose 3.5 percent.| Wages rose 1,200.75 crowns.",
    "number sign": "It was the No. 2 cause.| No.| Not at all.",
    "opus and volume": "She played the dances, Op. 46, from Vol. 2 of the set.| Nobody left.",
    "company": "Borel Inc. and Tarn Co. merged.| Shares fell.",
    "company at the end": "She works for Borel Inc.| The firm is small.",
    "et cetera at the end": "They grow wheat, barley, etc.| The farm is old.",
    "et cetera inside": "Wheat, barley, etc. are grown.",
    "ellipsis": "He paused ... and left.| She stayed…| Then it rained.",
    "latin": "Some fruit, e.g. apples, i.e. the cheap kind, sold.",
    "address": "See www.example.org/a.b for more.| It is free.",
    "missing space": "The talks ended.|The envoys left.",
    "brackets": "It failed (as before).| (Nobody was surprised.)| It ended.",
    "lower case goes on": "The iPad. it said, sold.",
    "quotation is not split": "“It is late. We go. Now,” she said.| He stayed.",
    "quotation ends the sentence": "She said: “It is late.”| He stayed.",
    "quotation, then who": "“Is it late?” Mr. Reed asked.| “It is.”",
    "exclamation, then who": "“Never!” the crowd shouted.| It rained.",
    "exclamation, then another": "“Never!”| The crowd went home.",
    "straight quotation": '"It is late. We go," she said.| "Do you?"| He stayed.',
    "doubled marks": "``It is late. We go,'' she said.| He stayed.",
    "mark outside": "She called it “quite late”.| He stayed.",
    "two quotations": "“It is late.”| “It is not.”",
    "unclosed": "She said: “It is late. We go. Nobody came",
    "possessive after an initialism": "The U.S.'s envoy left.| He flew.",
    "list number": "1. The first point is short.",
}


@pytest.mark.parametrize("name", SENTENCES)
def test_sentences(name):
    parts = SENTENCES[name].split("|")
    assert pieces("".join(parts), "sentences") == [p.strip() for p in parts]


QUOTATIONS = {
    "He said “yes, sir” twice.": [("“yes, sir”", "double", 0, True)],
    'He said "yes" and "no".': [('"yes"', "double", 0, True), ('"no"', "double", 0, True)],
    "``Yes,'' he said.": [("``Yes,''", "double", 0, True)],
    "« Oui », he said.": [("« Oui »", "double", 0, True)],
    "„Ja“, he said, „nein”.": [("„Ja“", "double", 0, True), ("„nein”", "double", 0, True)],
    "‘Unambiguous’: Kremlin on the pact": [("‘Unambiguous’", "single", 0, True)],
    "'Never again': the pact": [("'Never again'", "single", 0, True)],
    "“He said ‘go home’ to me,” she said.": [
        ("“He said ‘go home’ to me,”", "double", 0, True),
        ("‘go home’", "single", 1, True),
    ],
    "‘He said “go home” to me,’ she said.": [
        ("‘He said “go home” to me,’", "single", 0, True),
        ("“go home”", "double", 1, True),
    ],
    "“A “b c” d,” he said.": [("“A “b c” d,”", "double", 0, True), ("“b c”", "double", 1, True)],
    "“It goes on and on": [("“It goes on and on", "double", 0, False)],
    '"It goes on': [('"It goes on', "double", 0, False)],
    "The workers’ rights and Russia’s role; it wasn’t his, rock ’n’ roll.": [],
    "The '90s, 'tis said, were James' years.": [],
    "‘It is the workers’ friend,’ she said.": [("‘It is the workers’ friend,’", "single", 0, True)],
    'A 6" pipe and a 5\'10" man.': [],
    "He said ‘it never closes.": [],
}


@pytest.mark.parametrize("text", QUOTATIONS)
def test_quotations(text):
    found = [(text[q.start : q.end], *q[2:]) for q in segment(Article(text)).quotations]
    assert found == QUOTATIONS[text]


def test_quotation_of_several_paragraphs_in_single_marks():
    text = "Ann Reed said: ‘The doctors’ service is late.\n\n‘It must be mended,’ she said."
    assert pieces(text, "quotations") == ["‘The doctors’ service is late.", "‘It must be mended,’"]


def test_quotation_of_several_paragraphs():
    text = "“We came.\n“We saw.\n“We left,” he said."
    assert pieces(text, "quotations") == ["“We came.", "“We saw.", "“We left,”"]
    assert [q.closed for q in segment(Article(text)).quotations] == [False, False, True]


TOKENS = {
    "Russia’s hasn’t can't": ["Russia", "’s", "hasn’t", "can't"],
    "He'll say she'd gone; they've left, I'm told": [
        "He",
        "'ll",
        "say",
        "she",
        "'d",
        "gone",
        ";",
        "they",
        "'ve",
        "left",
        ",",
        "I",
        "'m",
        "told",
    ],
    "Mr. O’Neill of the U.S. paid $1,200.50 (3.5%).": [
        "Mr.",
        "O’Neill",
        "of",
        "the",
        "U.S.",
        "paid",
        "$",
        "1,200.50",
        "(",
        "3.5",
        "%",
        ")",
        ".",
    ],
    "al-Assad — not Jean-Luc -- left...": ["al-Assad", "—", "not", "Jean-Luc", "--", "left", "..."],
    "@reuters wrote #vote on bit.ly.": ["@reuters", "wrote", "#vote", "on", "bit.ly", "."],
    "the workers’ union": ["the", "workers", "’", "union"],
}


@pytest.mark.parametrize("text", TOKENS)
def test_tokens(text):
    assert segment(Article(text)).tokens.words == TOKENS[text]


def test_lower_case_tokens_have_straight_apostrophes_and_keep_their_places():
    # the capital dotted I grows in lower case, so places must not come from the lowered text
    tokens = segment(Article("İstanbul hasn’t said")).tokens
    assert tokens.lowers[1:] == ["hasn't", "said"]
    assert tokens.starts == [0, 9, 16]


KINDS = {
    "What does the pact say?\nIt says little.": ["heading", "body"],
    "‘Unclear’: the court on the pact\nThe court spoke.": ["heading", "body"],
    "Court delays vote\nBy Ana Silva\nThe court delayed the vote.": ["heading", "byline", "body"],
    "# The pact\nIt says little.": ["heading", "body"],
    "It says little.\nBut why?\nNobody knows.": ["body", "body", "body"],
    "“Why?” he asked.\nNobody knew.": ["body", "body"],
    "Q: What does it say?\nA: Little": ["body", "body"],
    "The list follows:\n- wheat\n- barley": ["body", "body", "body"],
    "The vote may be late": ["body"],
}


@pytest.mark.parametrize("text", KINDS)
def test_headings(text):
    assert [p.kind for p in segment(Article(text)).paragraphs] == KINDS[text]


def test_lines_broken_at_a_fixed_width_are_one_paragraph():
    text = "The vote was held on\nMonday and it passed\nwith ease.\n\nNobody was there to\nsee it, and nobody\ncared."
    assert pieces(text, "paragraphs") == text.split("\n\n")


def test_paragraphs_may_be_lines_with_blank_lines_between():
    assert pieces("One vote.\n\nTwo votes.\r\n\r\n  Three votes. \u2028Four.", "paragraphs") == [
        "One vote.",
        "Two votes.",
        "Three votes.",
        "Four.",
    ]


# ---------------------------------------------------------------- any text

HOSTILE = st.text(st.sampled_from("ab A.?!“”\"‘’'`«»()-–—…,:;\n\r\t 0é\u0301İ\u200f𝔘😀"), min_size=1, max_size=60)
ANY = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=80)


def visible(text):
    return "".join(c for c in text if c not in "\u00ad\u200b\u200c\u200d\u2060\ufeff")


def check(document):
    text, tokens = document.text, document.tokens
    # the words of tokens are those of the text, without characters that nobody sees
    assert all(visible(text[s:e]) == w for s, e, w in zip(tokens.starts, tokens.ends, tokens.words, strict=True))
    assert all(w and not w.isspace() for w in tokens.words)
    assert all(a <= b for a, b in zip(tokens.ends, tokens.starts[1:], strict=False))
    # nothing but white space is left between tokens
    assert "".join(visible(text).split()) == "".join("".join(tokens.words).split())
    assert len(tokens.lowers) == len(tokens.quoted) == len(tokens)
    # paragraphs and sentences cover every token once, in order
    for layer in (document.paragraphs, document.sentences):
        edges = [(x.first_token, x.last_token) for x in layer]
        assert [a for a, _ in edges] + [len(tokens)] == [0] + [b for _, b in edges]
        assert all(a < b for a, b in edges)
    for sentence in document.sentences:
        paragraph = document.paragraphs[sentence.paragraph]
        assert paragraph.start <= sentence.start < sentence.end <= paragraph.end
        assert text[sentence.start : sentence.end].strip() == text[sentence.start : sentence.end]
    # a quotation lies in one sentence, and quotations nest without crossing
    for quotation in document.quotations:
        assert document.sentence_index(quotation.start) == document.sentence_index(quotation.end - 1)
        for other in document.quotations:
            apart = quotation.end <= other.start or other.end <= quotation.start
            inside = (quotation.start <= other.start and other.end <= quotation.end) or (
                other.start <= quotation.start and quotation.end <= other.end
            )
            assert apart or inside


@settings(max_examples=300)
@given(st.one_of(HOSTILE, ANY))
def test_invariants_on_any_text(text):
    if text.strip():
        check(segment(Article(text)))


LONG = {
    "opening quotation marks": "“" * 10_000,
    "straight quotation marks": '"' * 10_000,
    "single marks": "‘a " * 20_000,
    "one word": "a" * 1_000_000,
    "no punctuation": "a b " * 100_000,
    "full stops": ". " * 50_000,
    "brackets": ".)" * 50_000,
    "empty lines": "a" + "\n" * 100_000 + "a",
    "front matter that never ends": "---\n" * 50_000,
    "hyphens": "a-" * 100_000,
    "initials": "A." * 100_000,
}


@pytest.mark.parametrize("name", LONG)
def test_time_is_in_line_with_the_length(name):
    text = LONG[name]

    def seconds(part, enough=0.0):
        """The best of three runs, or the first that takes no longer than is enough."""
        gc.collect()
        gc.disable()  # what other tests have left in memory is not the matter here
        times = []
        while len(times) < 3 and min(times, default=enough) >= enough:
            start = time.process_time()
            segment(Article(part))
            times.append(time.process_time() - start)
        gc.enable()
        return min(times)

    # quadratic time would be four times; the allowance is for a noisy machine
    limit = 3.2 * seconds(text[: len(text) // 2]) + 0.15
    assert seconds(text, limit) < limit


def test_a_long_text_has_the_same_tokens_in_less_memory():
    text = "The vote isn’t late, said A. Reed. " * 6_000  # 60,000 tokens
    short, long = segment(Article(text[: 35 * 100])).tokens, segment(Article(text)).tokens
    assert len(long) > MANY > len(short)
    for name in ("starts", "ends", "words", "lowers"):
        assert list(getattr(long, name)[: len(short)]) == list(getattr(short, name)), name
    assert [text[a:b] for a, b in zip(long.starts, long.ends, strict=True)] == list(long.words)
    assert long.find(["reed"]) == [k for k, low in enumerate(long.lowers) if low == "reed"]
    assert long.starts.itemsize == 4


def test_whether_a_text_has_words_of_each_set():
    tokens = segment(Article("The vote is late. It isn’t over.")).tokens
    vote, late, none = frozenset(("vote", "poll")), frozenset(("late",)), frozenset(("early",))
    assert tokens.has_each(frozenset((vote, late)))
    assert tokens.has_each(frozenset())
    for _ in range(2):  # the second time from memory
        assert not tokens.has_each(frozenset((vote, none)))
    assert tokens.has_each(frozenset((frozenset(("isn't",)),)))


@given(
    st.lists(
        st.sampled_from(
            ["Mr.", "Reed", "U.S.", "o'clock", "1,", "000", "“It", "left.”", "ΑΣ", "\n", "\n\n", "’s", "e\u0301"]
        )
    )
)
def test_a_long_text_is_read_some_lines_at_a_time_and_alike(words):
    article = Article(" ".join([*words, "It."]))
    document = segment(article)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("analysis.text.segmentation.LONG", 8)
        patch.setattr("analysis.text.segmentation.MANY", 2)
        other = segment(article)
    assert other.sentences == document.sentences
    assert other.paragraphs == document.paragraphs
    assert other.quotations == document.quotations
    for name in ("starts", "ends", "words", "lowers", "quoted"):
        assert [*getattr(other.tokens, name)] == [*getattr(document.tokens, name)]
    places = {word: [*found] for word, found in other.tokens.index.items()}
    assert places == {word: [*found] for word, found in document.tokens.index.items()}
