"""People: who the sources of an article are, one record for each, with the words of the text that each mark rests on.

`describe_sources(document)` reads what sourcing and entities found in a document. It groups the attributions by who
speaks (`voices`), and gives for each source its titles, its role class, how the text refers to the person, and how the
source would know. Nothing is inferred from a name. `load_sources` reads what a newsroom knows better.
"""

from analysis.people.sources import describe_sources, heard, with_justifications, with_sources
from analysis.people.stated import SourcesError, StatedSource, load_sources
from analysis.text.document import Evidence, Source

__all__ = [
    "Evidence",
    "Source",
    "SourcesError",
    "StatedSource",
    "describe_sources",
    "heard",
    "load_sources",
    "with_justifications",
    "with_sources",
]
