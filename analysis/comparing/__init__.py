"""Two texts of one story: what changed from one version to the next, and what one text has from another.

`compare_versions` aligns sentences (`alignment`), compares the words of those that stay (`wording`) and reports what
changed in terms of the layers: who is a source (`sources`), hedges, quotations, numbers, dates and names (`details`).
`copied` looks for words that two texts share (`runs`) and says whose they are in each (`copies`). Everything here is
pure functions over annotated documents, with the standard library only.
"""

from __future__ import annotations

from analysis.comparing.changes import Versions, compare_versions
from analysis.comparing.copies import Copied, copied, copies_among
from analysis.comparing.records import FINDINGS, GROUPS, KINDS, Change, ChangeKind, Finding, Passage

__all__ = [
    "FINDINGS",
    "GROUPS",
    "KINDS",
    "Change",
    "ChangeKind",
    "Copied",
    "Finding",
    "Passage",
    "Versions",
    "compare_versions",
    "copied",
    "copies_among",
]
