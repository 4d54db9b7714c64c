"""The role class of a source: which role counts if the text gives several."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.people.role_words import OPEN, role_words
from analysis.people.roles import Role
from analysis.text.document import Evidence


def role_class_of(roles: Sequence[Role]) -> tuple[str, Evidence | None]:
    """The class, and what it rests on; "open" and None if the text does not say.

    1. What a source is counts before what it was ("a former minister, now a professor").
    2. One who speaks for somebody by office is a spokesperson, whatever else.
    3. Of several roles the nearest to the speaking counts: those in a source phrase before those in a sentence in which
       the source is heard, and these before the rest of the text.
    4. Two classes that are equally near: the one that wins over the others in role_classes.toml ("resident Ann Reed, a
       nurse" is a witness), else open ("a professor and activist").
    """
    now = [role for role in roles if not role.past] or list(roles)
    speaks = [role for role in now if role.sense.role_class == "spokesperson"]
    if not speaks:
        nearest = min((role.near for role in now), default=0)
        speaks = [role for role in now if role.near == nearest]
    winner = _winner({role.sense.role_class for role in speaks})
    if winner == OPEN:
        return OPEN, None
    first = min((role for role in speaks if role.sense.role_class == winner), key=lambda role: (role.near, role.start))
    return winner, first.evidence


def _winner(found: set[str]) -> str:
    """The class that wins over all the others found.

    >>> _winner({"witness", "expert"}), _winner({"expert", "civil-society"}), _winner({"expert"})
    ('witness', 'open', 'expert')
    """
    wins_over = role_words().wins_over
    return next((one for one in sorted(found) if found - {one} <= wins_over[one]), OPEN)
