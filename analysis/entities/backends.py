"""Who finds the mentions: the rules of this package, or a spaCy pipeline that the reader names.

The rules are the default always; nothing that happens to be installed changes the result.  Aliases are merged
by merge.py in both cases.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from typing import Any

from analysis.entities import tables
from analysis.entities.splitting import is_title
from analysis.text.document import LABELS, Document, Mention

PREFIX = "spacy:"
# Labels of pipelines trained on other corpora; what has no counterpart (MISC) is left out.
_FOREIGN = {
    "PERSON": ("PER", "PERSONALNAME"),
    "ORG": ("ORGANIZATION",),
    "LOC": ("LOCATION",),
    "FAC": ("FACILITY",),
    "NORP": ("NATIONALITY",),
}
OTHER_LABELS = {other: label for label, others in _FOREIGN.items() for other in others}
_ARTICLE = re.compile(r"(?:the|a|an)\s+", re.I)
_TAIL = re.compile(r"(?:['’]s|['’])\Z")
_WORD = re.compile(r"\S+\s+")


class BackendError(ValueError):
    """A backend that cannot be used: says which are allowed, or how to install what is missing."""


def pipeline_name(backend: str) -> str | None:
    """The spaCy pipeline that `backend` names, None for the rules. Raises BackendError for anything else.

    >>> pipeline_name("spacy:en_core_web_sm"), pipeline_name("rules")
    ('en_core_web_sm', None)
    """
    if backend == "rules":
        return None
    if backend.startswith(PREFIX) and len(backend) > len(PREFIX):
        return backend[len(PREFIX) :]
    raise BackendError(
        f"unknown backend {backend!r}; choose 'rules' or 'spacy:NAME', where NAME is a spaCy "
        "pipeline or its folder, such as 'spacy:en_core_web_sm'"
    )


def describe_backend(backend: str) -> str:
    """The backend with the version of its model, for tables and manifests.

    >>> describe_backend("rules")
    'rules'
    """
    name = pipeline_name(backend)
    if name is None:
        return backend
    meta = _pipeline(name).meta
    return f"{PREFIX}{meta['lang']}_{meta['name']} {meta['version']}"


@cache
def _pipeline(name: str) -> Any:
    try:
        spacy = import_module("spacy")
    except ImportError as error:
        raise BackendError(
            "the backend 'spacy:...' needs spaCy, which is not installed: pip install 'close-reading-news[spacy]'"
        ) from error
    try:
        nlp = spacy.load(name)
    except (OSError, ValueError) as error:
        raise BackendError(
            f"spaCy cannot load the pipeline {name!r} ({str(error).splitlines()[0]}); install it: "
            f"python -m spacy download {name}, or give the folder of a pipeline"
        ) from error
    if not any(hasattr(component, "add_patterns") or "ner" in pipe for pipe, component in nlp.pipeline):
        raise BackendError(
            f"the spaCy pipeline {name!r} has no component that finds names (ner or entity_ruler); "
            f"it has {', '.join(nlp.pipe_names) or 'none'}"
        )
    return nlp


def spacy_mentions(document: Document, name: str) -> tuple[list[Mention], dict[int, str]]:
    """Mentions of a spaCy pipeline, cut to the conventions of this package: no article, no title, no 's.

    Returns the mentions without entities and, by the start of a person, the title before it.
    """
    nlp, text = _pipeline(name), document.text
    nlp.max_length = max(nlp.max_length, len(text) + 1)
    mentions, titles, until = [], {}, 0
    for found in nlp(text).ents:
        label = found.label_ if found.label_ in LABELS else OTHER_LABELS.get(found.label_)
        if label is None:
            continue
        start, end, title = _cut(text, found.start_char, found.end_char, label)
        if start >= end or start < until:
            continue
        until = end
        if label == "PERSON":
            title = title or _title_before(document, start)
            if title:
                titles[start] = title
        mentions.append(Mention(start, end, label, "", f"SPACY.{label.replace('_', '-')}"))
    return mentions, titles


def _cut(text: str, start: int, end: int, label: str) -> tuple[int, int, str]:
    """The span without article, titles and possessive; the last title taken off."""
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    end -= len(piece) - len(piece.rstrip())
    title = ""
    article = _ARTICLE.match(text, start, end)
    if article and label not in ("WORK_OF_ART", "DATE", "TIME", "CARDINAL", "QUANTITY", "MONEY"):
        start = article.end()
    while label == "PERSON":
        word = _WORD.match(text, start, end)
        if not word or not is_title(word[0].strip().lower()):
            break
        title, start = word[0].strip().lower(), word.end()
    tail = _TAIL.search(text, start, end)
    return start, tail.start() if tail and tail.start() > start and label != "WORK_OF_ART" else end, title


def _title_before(document: Document, start: int) -> str:
    k = document.token_index(start)
    low = document.tokens.lowers[k - 1] if k else ""
    return low if low in tables.words("NAME.PERSON.TITLE") else ""
