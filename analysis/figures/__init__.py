"""Figures: functions from a table to Axes, each with a `describe_` twin that says in words what it shows.

>>> from analysis import annotate, make_tables
>>> from analysis.figures import describe_entities
>>> describe_entities(make_tables(annotate("It may rain.")))
'No names were found in 1 sentence.'
"""

from analysis.figures.accuracy import (
    describe_kinds_of_report,
    describe_rules_at_work,
    plot_kinds_of_report,
    plot_rules_at_work,
)
from analysis.figures.amounts import count, num, percent
from analysis.figures.chains import describe_chains, plot_chains
from analysis.figures.comparison import (
    article_names,
    describe_compared,
    describe_names_compared,
    describe_sources_compared,
    plot_compared,
    plot_names_compared,
    plot_sources_compared,
)
from analysis.figures.data import figure_data
from analysis.figures.entities import (
    describe_entities,
    describe_entities_along,
    plot_entities,
    plot_entities_along,
)
from analysis.figures.entity_speaking import describe_speakers_topics, plot_speakers_topics
from analysis.figures.entity_together import describe_together, plot_together
from analysis.figures.hedge_parts import describe_hedge_parts, plot_hedge_parts
from analysis.figures.hedges import (
    describe_hedge_categories,
    describe_hedge_voices,
    describe_hedges_along,
    plot_hedge_categories,
    plot_hedge_voices,
    plot_hedges_along,
)
from analysis.figures.knowing import describe_contact, describe_knowing, plot_contact, plot_knowing
from analysis.figures.layout import nothing_in, question_of
from analysis.figures.numbers import describe_numbers, plot_numbers
from analysis.figures.over_time import describe_by_month, plot_by_month
from analysis.figures.people import (
    describe_first_heard,
    describe_named_not_heard,
    describe_references,
    describe_who_speaks,
    plot_first_heard,
    plot_who_speaks,
)
from analysis.figures.probability import describe_probability_ruler, plot_probability_ruler
from analysis.figures.readability import (
    describe_readability_by_paragraph,
    describe_readability_spread,
    plot_readability,
    plot_readability_by_paragraph,
)
from analysis.figures.saving import figure_bytes, save_figure
from analysis.figures.show import figure_facts, figure_html, show, svg_address
from analysis.figures.sources import describe_source_kinds, describe_voices, plot_source_kinds, plot_voices
from analysis.figures.theme import StyleError, style
from analysis.figures.two_texts import describe_changes, describe_copied, plot_changes, plot_copied
from analysis.figures.voices_along import describe_voices_along, plot_voices_along
