"""Settings for every test."""

import os
import sys
import zipfile
from xml.etree import ElementTree

import pandas as pd
import pytest
from hypothesis import settings

# How long an example takes says more about the machine than about the code; speed is measured elsewhere.
# Property tests draw new examples each time; for a verdict on a change (SAME_EXAMPLES=1) they draw the same ones again.
PROFILE = settings.get_profile(settings.get_current_profile_name())
settings.register_profile("ours", PROFILE, deadline=None, derandomize=bool(os.environ.get("SAME_EXAMPLES")))
settings.load_profile("ours")


@pytest.fixture
def few_figures(monkeypatch):
    """Reports with a figure of each kind instead of all of them, for tests that look at something else."""
    from analysis.report import drawings

    names = ("compared", "names_compared", "voices", "readability_by_paragraph")
    monkeypatch.setattr(drawings, "FIGURES", tuple(f for f in drawings.FIGURES if f.name in names))


@pytest.fixture
def quick_reports(monkeypatch):
    """Reports without their figures and most of their tables, which take seconds and do not matter here."""
    monkeypatch.setattr("analysis.report.draw", lambda *_: [])
    monkeypatch.setattr("analysis.report.gathering.readability_table", lambda documents: pd.DataFrame())
    monkeypatch.setattr("analysis.report.report_tables", lambda articles: {"articles": articles.tables["articles"]})
    monkeypatch.setattr("analysis.report.make_page", lambda *_, **__: "<p>A page.</p>")


@pytest.fixture(scope="session")
def course(tmp_path_factory):
    """The folder of the course, built once."""
    import build_course

    out = tmp_path_factory.mktemp("course") / "course"
    build_course.build(out)
    return out


@pytest.fixture(scope="session")
def package(course):
    """The QTI package of the course: the root of each file, by name."""
    with zipfile.ZipFile(course / "qti.zip") as found:
        return {name: ElementTree.fromstring(found.read(name)) for name in found.namelist()}


@pytest.fixture(scope="session", autouse=True)
def the_browser_ends():
    """When all tests are done, so is the browser that some of them used."""
    yield
    if "browser" in sys.modules:
        sys.modules["browser"].CHROMIUM.end()


@pytest.fixture(scope="session", autouse=True)
def every_file_of_a_report_can_be_read_again(tmp_path_factory):
    """When all tests are done, every SVG, CSV and XLSX of every report that they wrote is parsed."""
    yield
    from wellformed import problems_in

    assert list(problems_in(tmp_path_factory.getbasetemp())) == []
