"""The source articles are what their provenance says, byte for byte, and each has an entry."""

import hashlib
import tomllib
from pathlib import Path

import pytest

from analysis.inputs.loading import load_articles
from analysis.inputs.metadata import FRONT_MATTER_KEYS

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
ENTRIES = tomllib.loads((SEEDS / "provenance.toml").read_text(encoding="utf-8"))["article"]
KEYS = {"file", "sha256", "bytes", "encoding", "language", "received", "changed", "rights", "unknown", "observed"}

entries = pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["file"])


def test_every_file_has_one_entry_and_every_entry_a_file():
    # the teaching set, in a folder of its own, was written for the purpose and says so in every file
    files = sorted(path.name for path in SEEDS.iterdir() if path.is_file() and path.name != "provenance.toml")
    assert sorted(entry["file"] for entry in ENTRIES) == files


@entries
def test_the_file_is_byte_for_byte_what_was_received(entry):
    raw = (SEEDS / entry["file"]).read_bytes()
    assert (len(raw), hashlib.sha256(raw).hexdigest()) == (entry["bytes"], entry["sha256"])


@entries
def test_the_entry_is_complete_and_makes_nothing_up(entry):
    assert entry.keys() == KEYS
    article = next(a for a in load_articles(SEEDS) if a.file_sha256 == entry["sha256"])
    given = {key for key in FRONT_MATTER_KEYS if getattr(article, key) is not None}
    assert given.isdisjoint(entry["unknown"])
    assert given | set(entry["unknown"]) == set(FRONT_MATTER_KEYS) - {"language"}  # the entry has a field for it


def test_the_source_article_is_the_one_that_started_the_project():
    assert ENTRIES[0]["file"] == "000_ae027953efdecbb4.txt"
    assert ENTRIES[0]["sha256"] == "57920acb90f12d5cb7be934829b6bd082d4a0c8178cbc28640f730367c9958c1"


@entries
def test_what_is_quoted_as_observed_stands_in_the_text(entry):
    text = (SEEDS / entry["file"]).read_text(encoding=entry["encoding"])
    quoted = [part for line in entry["observed"] for part in line.split("'")[1::2]]
    assert quoted
    assert [part for part in quoted if part not in text] == []
