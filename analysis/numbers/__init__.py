"""Numbers: every count, share, amount, rank and date of effect in a text, with what it counts and who gives it.

Call `find_numbers(document)`; nothing is worked out before that. The stages, one module each:

1. `expressions` finds where numbers are, with value, unit and bound; `effect` finds the dates of effect.
2. `counted` asks the grammar for the head noun of what is counted, and for verbs of change ("doubled to").
3. `voice` asks the attributions whose number it is, and finds those who give one without a verb of saying.
4. `checks` finds where the text says that a number could not be checked, or that somebody disputes it.
5. `same` brings second mentions of a quantity together and says whether they agree.

`in_words` puts into words, for a table, what the text says about a number. What a number counts, and which mentions are
of the same quantity, is given only if the text makes it plain.
"""

from analysis.numbers.find import Dispute, Number, Same, find_numbers

__all__ = ["Dispute", "Number", "Same", "find_numbers"]
