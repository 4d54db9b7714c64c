"""How evidence of what a name names is added up.

Each piece of evidence is (label, weight, rule id).  The label with the most weight wins, and the mention keeps
the rule that gave it the most: so a reader can ask why.  Evidence of all mentions of one name counts together
(one sense per discourse: Gale, Church and Yarowsky 1992).
"""

from __future__ import annotations

from collections.abc import Sequence

Evidence = tuple[str, float, str]
UNEXPLAINED = frozenset(("NAME.ORG.UNKNOWN", "NAME.PRODUCT.UNKNOWN"))  # what a name gets that nothing speaks for


def decide(evidence: Sequence[Evidence]) -> Evidence:
    """(label, weight, rule id) of the kind with the most weight; what nothing speaks for is left to `unknown`.

    >>> decide([("PERSON", 2.2, "NAME.PERSON.GIVEN"), ("GPE", 2.0, "NAME.GPE.CONTEXT"), ("GPE", 1.0, "NAME.GPE.CITY")])
    ('GPE', 3.0, 'NAME.GPE.CONTEXT')
    """
    total: dict[str, float] = {}
    best: dict[str, tuple[float, str]] = {}
    for label, weight, rule_id in evidence:
        total[label] = total.get(label, 0) + weight
        if weight > best.get(label, (0, ""))[0]:
            best[label] = (weight, rule_id)
    if best:
        label = max(best, key=lambda name: total[name])
        if total[label] > 0:
            return label, total[label], best[label][1]
    return "ORG", 0.0, "NAME.ORG.UNKNOWN"
