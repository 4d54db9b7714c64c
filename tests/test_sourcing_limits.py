"""Sourcing on any text: offsets that hold, chains without circles, and time in line with length."""

import gc
import time
from itertools import product
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.pipeline import annotate
from analysis.sourcing import find_attributions
from analysis.sourcing.continuations import _outermost
from analysis.text.article import Article
from analysis.text.document import KINDS, SOURCE_KINDS, STANCES
from analysis.text.segmentation import segment

WORDS = st.sampled_from(
    """said says told asked according to that citing reported Reuters Ann Reed he she who which the
a minister council and but , . : ; ? “ ” " ( ) — ‘ ’ 's was is not expected saying added claimed vote late \n It As when
asked seemed if whether his claim criticised declined comment on Monday in statement quoted by first anonymity condition
named identified authorised source court heard LEEDS - 's think tank expects to nobody what""".split(" ")
)


@settings(max_examples=200, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=60).map(" ".join))
def test_invariants(text):
    if not text.strip():
        return
    found = find_attributions(segment(Article(text)))
    assert [a.id for a in found] == [f"a{n}" for n in range(1, len(found) + 1)]
    parents = {a.id: a.parent for a in found}
    for a in found:
        assert a.content
        assert (a.kind, a.source_kind, a.stance) in product(KINDS, SOURCE_KINDS, STANCES)
        assert (a.source_kind == "none") == (not a.source)
        for spans in (a.source, a.cue, a.content, a.channel, a.basis, a.role, a.anonymity):
            for start, end in spans:
                assert 0 <= start < end <= len(text)
                assert text[start:end] == text[start:end].strip()
        seen, at = set(), a.id
        while at is not None:  # the chain ends
            assert at not in seen
            seen.add(at)
            at = parents[at]


HOSTILE = {
    "opening quotation marks": lambda n: "“" * n + " said Ann Reed.",
    "quotations never closed": lambda n: "“a " * n + " said Ann Reed.",
    "no punctuation": lambda n: "the mayor of the town that was late " * n,
    "said and nothing else": lambda n: "said " * n,
    "a sentence of cues": lambda n: "Reed, a man, said, " * n,
    "according to without end": lambda n: "it is late, according to the man, " * n,
    "citing without end": lambda n: "reported Reuters, citing a memo, " * n,
    "who said who said": lambda n: "who said " * n,
    "labels": lambda n: "REED: b said c\n" * n,
    "quoted as saying": lambda n: "Reuters quoted Reed as saying " * n,
    "citing and no report": lambda n: "Reuters, citing a memo, said, " * n,
    "reports in quotations": lambda n: "“He said it. They told us so,” said Reed. " * n,
    "one quotation full of reports": lambda n: "“" + "He said it was late. " * n + "” said Reed.",
    "a quotation without a stop": lambda n: "“" + "they told us he said " * n + ",” Ann Cole said.",
    "no names": lambda n: "An aide said so on condition of anonymity. " * n,
    "anonymity in one sentence": lambda n: "an aide who asked not to be named said, " * n,
    "first reported by": lambda n: "the plan, first reported by Reuters, " * n,
    "brackets": lambda n: "(" * n + " said " + ")" * n + " said",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_time_grows_in_line_with_length(name):
    def seconds(n, enough=0.0):
        """The best of two runs, or the first where it takes no longer than is enough."""
        document = segment(Article(HOSTILE[name](n)))
        best = float("inf")
        for _ in range(2):
            start = time.process_time()
            find_attributions(document)
            best = min(best, time.process_time() - start)
            if best < enough:
                break
        return best

    seconds(100, enough=1)
    limit = max(14 * seconds(400), 0.1)
    assert seconds(2000, limit) < limit  # five times the length; 25 times the time if it were squared


def test_a_sentence_of_a_megabyte():
    text = "the council of the town and the firm on the hill " * 20000 + "but Ann Reed said it was late."
    document = segment(Article(text))
    start = time.process_time()
    found = find_attributions(document)
    assert time.process_time() - start < 5
    assert [a.cue_lemma for a in found] == ["say"]


def test_a_sentence_of_cues_alone_is_not_read():
    """Of more than 20 cues, with fewer than five words to each; with fewer cues, or more words, it is read."""
    assert find_attributions(segment(Article("He said. " + "he said " * 21))) == ()
    assert find_attributions(segment(Article("he said it " * 20)))
    assert find_attributions(segment(Article("Ann Reed said it may rain " * 21)))


def _module(thing):
    """Where an object's class is defined, or, of a function, the function itself."""
    return str(getattr(thing, "__module__", None) or type(thing).__module__)


def test_nothing_is_left_to_the_garbage_collector():
    """What annotating makes is freed at once, not whenever circles are looked for: a view is large."""
    article = Article("The vote is late, Ann Reed said. “It may rain,” she added. “It will.”\nReed: We said so. " * 20)
    annotate(article)
    gc.collect()
    gc.disable()
    gc.set_debug(gc.DEBUG_SAVEALL)
    try:
        annotate(article)
        gc.collect()
        ours = [
            thing for thing in gc.garbage if _module(thing).startswith("analysis")
        ]  # workers of pytest leave some too
        assert [repr(thing)[:200] for thing in ours] == []
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
        gc.enable()


RANGES = st.lists(st.tuples(st.integers(0, 12), st.integers(1, 8)).map(lambda pair: (pair[0], sum(pair))), max_size=2)


@given(st.lists(st.builds(SimpleNamespace, at=st.integers(0, 14), content=RANGES), max_size=7))
def test_the_outermost_reports_are_those_inside_no_other(drafts):
    """Found in one walk; what it means, one by one, would take time by the square of a sentence of reports."""
    inside = [
        any(a <= draft.at < b for other in drafts if other is not draft for a, b in other.content) for draft in drafts
    ]
    wanted = [draft for draft, within in zip(drafts, inside, strict=True) if not within] or drafts
    assert list(map(id, _outermost(drafts))) == list(map(id, wanted))
