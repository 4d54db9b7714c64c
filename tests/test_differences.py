"""Exact tests against published values, and what makes a difference one that is stated."""

import pytest
from benchmark_intervals import coverage, false_reports, kinds

from analysis.measures.comparison import EFFECTS
from analysis.measures.differences import LEVEL, Count, fisher, of_rates, of_shares, split


@pytest.mark.parametrize(
    ("a", "of_a", "b", "of_b", "p"),
    [
        (3, 4, 1, 4, 0.4857),  # Fisher 1935, The Design of Experiments: the lady tasting tea, two-sided
        (10, 12, 3, 18, 0.000537),  # Agresti 2013: the criminal twins, as (10, 2; 3, 15), two-sided
        (11, 16, 5, 21, 0.009),
        (0, 5, 0, 9, 1.0),
    ],
)
def test_fisher_against_published_values(a, of_a, b, of_b, p):
    assert fisher(a, of_a, b, of_b) == pytest.approx(p, abs=5e-4)
    assert fisher(b, of_b, a, of_a) == pytest.approx(p, abs=5e-4)


def test_rates_split_as_a_binomial():
    assert split(10, 1000, 2, 1000) == pytest.approx(2 * (1 + 12 + 66) / 2**12)  # 10 or more of 12, both tails
    assert split(0, 1000, 5, 1000) == pytest.approx(2 / 2**5)
    assert split(4, 2000, 2, 1000) == pytest.approx(1)


def test_picking_the_lowest_and_the_highest_is_paid_for():
    groups = [Count("a", 11, 16), Count("b", 5, 21)]
    assert of_shares(groups).found  # p = .009
    many = [*groups, *(Count(str(n), 8, 18) for n in range(6))]
    found = of_shares(many)
    assert (found.lowest.name, found.highest.name) == ("b", "a")
    assert found.p == pytest.approx(28 * fisher(5, 21, 11, 16))
    assert not found.found
    assert not of_shares(groups, measures=7).found
    assert not of_shares(
        groups, effect=2.5
    ).found  # articles differ by more than chance even where nothing is behind it


def test_fewer_than_two_groups_have_no_difference():
    assert of_rates([Count("a", 3, 100)]) is None
    assert of_rates([Count("a", 3, 100), Count("b", 0, 0)]) is None


def test_overlapping_intervals_do_not_hide_a_difference():
    assert of_rates([Count("a", 40, 2000), Count("b", 70, 2000)]).p < LEVEL  # 14.3 to 27.2 and 27.3 to 44.2 per 1,000


def test_counts_of_several_articles_are_worth_less():
    assert all(effect >= 1 for effect in EFFECTS.values())


@pytest.mark.parametrize("kind", list(kinds()), ids=lambda kind: kind.name)
def test_each_kind_of_interval_holds_the_true_value(kind):
    """The full simulation is in benchmarks/INTERVALS.md; 500 runs tell 95% from 90."""
    held, _ = coverage(kind, 500)
    assert 0.915 <= held <= 0.985


@pytest.mark.parametrize("k", [1, 4])
def test_reports_without_a_difference_state_none(k):
    assert false_reports(k, 150) <= 0.05
