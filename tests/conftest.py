"""Settings for every test."""

import pytest
from hypothesis import settings

# How long an example takes says more about the machine than about the code; speed is measured elsewhere.
PROFILE = settings.get_profile(settings.get_current_profile_name())
settings.register_profile("no deadline", PROFILE, deadline=None)
settings.load_profile("no deadline")


@pytest.fixture
def few_figures(monkeypatch):
    """Reports with a figure of each kind instead of all nineteen, for tests that look at something else."""
    from analysis.report import drawings

    names = ("compared", "names_compared", "voices", "readability_by_paragraph")
    monkeypatch.setattr(drawings, "FIGURES", tuple(f for f in drawings.FIGURES if f.name in names))
