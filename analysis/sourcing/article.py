"""The stages in order, over a whole article."""

from __future__ import annotations

from analysis.document import Attribution, Document, Span
from analysis.sourcing.draft import Draft
from analysis.sourcing.groups import candidates
from analysis.sourcing.phrases import read_phrases
from analysis.sourcing.quotations import Continuation
from analysis.sourcing.templates import read_sentence
from analysis.sourcing.view import View


def find_attributions(document: Document) -> tuple[Attribution, ...]:
    view = View(document)
    found = candidates(view)
    drafts: list[Draft] = []
    at, quote = 0, 0
    flow = Continuation(view)
    for sentence in document.sentences:
        a, b = sentence.first_token, sentence.last_token
        own = []
        while at < len(found) and found[at] < b:
            own.append(found[at])
            at += 1
        here = read_sentence(view, a, b, own) if own else []
        here += read_phrases(view, a, b, here)
        while quote < len(view.quotes) and view.quotes[quote][0] < a:
            quote += 1
        first = quote
        while quote < len(view.quotes) and view.quotes[quote][0] < b:
            quote += 1
        flow.sentence(sentence, here, view.quotes[first:quote])
        drafts += here
        drafts += flow.made
    drafts = [d for d in drafts if d.content]
    return _finish(view, drafts)


def _finish(view: View, drafts: list[Draft]) -> tuple[Attribution, ...]:
    drafts.sort(key=lambda d: (d.at, d.cue))
    spans = [sorted((view.starts[a], view.ends[b - 1]) for a, b in d.content) for d in drafts]
    out = []
    for i, d in enumerate(drafts):
        parent = None
        if d.cue:
            p = view.starts[d.cue[0][0]]
            for j, other in enumerate(spans):
                if j != i and any(s <= p < e for s, e in other):
                    parent = f"a{j + 1}"
                    break
        span = lambda r: tuple(Span(view.starts[a], view.ends[b - 1]) for a, b in r)  # noqa: E731
        words = [k for a, b in d.content for k in range(a, b) if view.W[k][0].isalnum()]
        share = sum(view.Q[k] for k in words) / len(words) if words else 0
        kind = "direct" if share >= .9 else "mixed" if share else "indirect"
        out.append(Attribution(f"a{i + 1}", kind, span(d.source), span(d.cue), span(d.content), d.lemma,
                               stance=d.stance, parent=parent, rule_id=f"{d.rule.id if d.rule else ''}/{d.template}"))
    return tuple(out)
