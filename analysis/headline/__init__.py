"""Headline and body: which sentences of the body carry what the title claims, and what the title leaves out or changes.

`compare_title(document)` gives both, each with its reason. It says what differs, never that a headline misleads: a
title has to leave things out.

1. `claims` takes the title apart: its names, numbers and words, and where each is in the body.
2. `carriers` chooses the sentences that have most of them.
3. `differences` compares the title with these: source, hedge, number, negation, quotation, question.
"""

from analysis.headline.compare import LONGEST, Carrier, Headline, compare_title
from analysis.headline.differences import Difference

__all__ = ["LONGEST", "Carrier", "Difference", "Headline", "compare_title"]
