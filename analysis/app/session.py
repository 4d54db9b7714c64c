"""The articles that are open on the page, and what the page asks about them: plain data in, plain data out."""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from analysis.annotation.corrections import Correction, apply_corrections, load_corrections, save_corrections
from analysis.app import panels, tables
from analysis.app.correcting import changes_in_words, choices, corrections_of, free_group, marks_at, with_change
from analysis.comparing import Copied, Versions, compare_versions, copied
from analysis.comparing.page import changed_section, copied_section
from analysis.inputs import Limits, ReadOptions, read_sources
from analysis.inputs.metadata import metadata_of
from analysis.pipeline import annotate, to_json
from analysis.reading import reading_page, reading_section
from analysis.reading.notes import cut, language_note
from analysis.reading.page import about, title_of
from analysis.text.article import Article, ArticleError, ArticleWarning
from analysis.text.document import Document

MOST_CHARACTERS = 2_000_000  # in one article: what a browser tab can reasonably show
MOST_ARTICLES = 200  # from one file


@dataclass
class Opened:
    """An article on the page. `base` is what the rules marked, None until it is first shown; `document` includes the
    corrections; `before` holds the earlier lists of corrections, for undo.
    """

    article: Article
    base: Document | None = None
    document: Document | None = None
    corrections: list[Correction] = field(default_factory=list)
    before: list[list[Correction]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


class Session:
    """The part that the worker of the page talks to. `folder` contains the files that the page opens, `examples` those
    that come with it.

    >>> session = Session(Path("."), Path("."))
    >>> reply = session.answer('{"call": "open_text", "text": "It may rain."}')
    >>> reply
    '{"result": {"opened": [{"key": "t1", "title": "“It may rain.”", "about": "text-1"}], "problems": []}}'
    >>> session.answer('{"call": "record", "key": "t2"}')
    '{"error": "this page has no article t2"}'
    """

    def __init__(self, folder: Path, examples: Path) -> None:
        self.folder, self.example_folder = folder, examples
        self.opened: dict[str, Opened] = {}
        self._number = 0

    def answer(self, request: str) -> str:
        """The answer to a request, both as JSON: {"call": name, ...} gives {"result": ...} or {"error": sentence}."""
        asked = json.loads(request)
        call: Callable[..., Any] | None = _CALLS.get(asked.pop("call", ""))
        try:
            if call is None:
                raise ArticleError("the page asked for something that does not exist")
            return json.dumps({"result": call(self, **asked)}, ensure_ascii=False)
        except ArticleError as error:
            return json.dumps({"error": str(error).removeprefix(f"{self.folder.as_posix()}/")}, ensure_ascii=False)

    # ------------------------------------------------------------ opening

    def examples(self) -> list[dict[str, str]]:
        """The articles that come with the page."""
        found = [a for a in read_sources(_files(self.example_folder)) if isinstance(a, Article)]
        return [
            {"name": Path(a.path or a.doc_id).name, "title": a.title or a.doc_id, "about": a.outlet or ""}
            for a in found
        ]

    def open_example(self, *, name: str) -> dict[str, Any]:
        """Open one of them."""
        return self._open_file(self.example_folder / Path(name).name)

    def open_file(self, *, name: str) -> dict[str, Any]:
        """Open a file in the session's folder: one article, or a table or archive of several."""
        return self._open_file(self.folder / Path(name).name)

    def _open_file(self, path: Path) -> dict[str, Any]:
        options = ReadOptions(limits=Limits(article_chars=MOST_CHARACTERS))
        opened: list[dict[str, str]] = []
        problems: list[str] = []
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always", ArticleWarning)
            for item in read_sources([path], options):
                if len(opened) == MOST_ARTICLES:
                    problems.append(f"{path.name} has more articles; only the first {MOST_ARTICLES} were opened")
                    break
                if isinstance(item, ArticleError):
                    problems.append(str(item).replace(path.as_posix(), path.name))
                else:
                    opened.append(self._add(replace(item, path=path.name)))
        problems += [str(w.message).replace(path.as_posix(), path.name) for w in caught]
        if not opened:
            raise ArticleError(" ".join(problems) or f"{path.name}: no article found in this file")
        return {"opened": opened, "problems": problems}

    def open_text(
        self, *, text: str, title: str = "", outlet: str = "", published: str = "", byline: str = "", name: str = ""
    ) -> dict[str, Any]:
        """Open a text that was pasted, or that the page took from a file."""
        if len(text) > MOST_CHARACTERS:
            raise ArticleError(
                f"the text has {len(text):,} characters, but this page reads at most {MOST_CHARACTERS:,}; split it"
            )
        given = {"title": title, "outlet": outlet, "published": published, "byline": byline}
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always", ArticleWarning)
            known = metadata_of({k: v for k, v in given.items() if v.strip()}, where="the fields")
        opened = self._add(Article(text, doc_id=Path(name).stem or f"text-{self._number + 1}", **known))
        return {"opened": [opened], "problems": [str(w.message) for w in caught]}

    def _add(self, article: Article) -> dict[str, str]:
        self._number += 1
        key = f"t{self._number}"
        self.opened[key] = Opened(article)
        known = [part for part in (article.outlet, article.published) if part]
        return {"key": key, "title": _name(article), "about": " · ".join(known) or article.doc_id}

    def close(self, *, key: str) -> bool:
        """Forget an article."""
        return self.opened.pop(key, None) is not None

    def _of(self, key: str) -> Opened:
        if key not in self.opened:
            raise ArticleError(f"this page has no article {key}")
        return self.opened[key]

    def document(self, key: str) -> Document:
        """The article as it is now, with its corrections; it is annotated when it is first needed."""
        opened = self._of(key)
        if opened.base is None:
            opened.base = opened.document = annotate(opened.article)
        assert opened.document is not None
        return opened.document

    # ------------------------------------------------------------ showing

    def show(self, *, key: str) -> dict[str, Any]:
        """Everything that the page shows of an article, as HTML in which every text is escaped."""
        document, opened = self.document(key), self._of(key)
        prefix = f"{key}-"
        return {
            "key": key,
            "title": title_of(document),
            "about": about(document),
            "notice": language_note(document) or "",
            "glance": panels.glance(document),
            "reading": reading_section(document, prefix=prefix),
            "panels": panels.panels(document, prefix=prefix),
            "changes": changes_in_words(document, opened.corrections),
            "by_person": _by_person(document),
            "can_undo": bool(opened.before),
        }

    def concordance(self, *, key: str, words: str) -> str:
        """The lines of a word, or of every marker if no word is given, as a table."""
        return panels.concordance(self.document(key), words=words, prefix=f"{key}-")

    def compare(self, *, first: str, second: str) -> dict[str, Any]:
        """Two articles side by side, as a table of counts, and their keys, the earlier one first.

        If the dates do not decide, the one that was opened first is the earlier.
        """
        keys = sorted((first, second), key=list(self.opened).index)
        early, late = (self._of(key).article.published for key in keys)
        if early and late and late < early:
            keys.reverse()
        return {"counts": panels.compared(self.document(first), self.document(second)), "order": keys}

    def _pair(self, what: str, earlier: str, later: str) -> Versions | Copied:
        """What `changed` from one article to the other, or what the later one has `copied`."""
        if what == "changed":
            return compare_versions(self.document(earlier), self.document(later))
        return copied(self.document(later), of=self.document(earlier))

    def pair(self, *, what: str, earlier: str, later: str) -> str:
        """The changes from one article to the other ("changed"), or what the later one has from the earlier one
        ("copied"), with both texts, as HTML.
        """
        found = self._pair(what, earlier, later)
        if isinstance(found, Versions):
            return changed_section(found, prefix="changed-")
        return copied_section(found, prefix="copied-")

    def save_pair(self, *, what: str, earlier: str, later: str) -> dict[str, str]:
        """The list of these changes or passages, as a file to save."""
        stem = f"{_file_name(self.document(later).doc_id)}-{what}.csv"
        return {"name": stem, "type": "text/csv", "text": tables.pair_to_csv(self._pair(what, earlier, later))}

    # ------------------------------------------------------------ correcting

    def choices(self) -> dict[str, Any]:
        """The layers and labels that a person can choose from."""
        return choices()

    def marks(self, *, key: str, start: int, end: int) -> list[dict[str, Any]]:
        """The marks at a place."""
        return marks_at(self.document(key), start, end)

    def change(self, *, key: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
        """Apply corrections, and show the article again. Rows without a `group` that add an attribution get one."""
        document, opened = self.document(key), self._of(key)
        group = free_group(opened.corrections)
        new = [
            c._replace(group=group) if c.action == "add" and c.layer in ("source", "cue", "content") else c
            for c in corrections_of(rows, document)
        ]
        self._set(opened, with_change(opened.corrections, new))
        return self.show(key=key)

    def undo(self, *, key: str) -> dict[str, Any]:
        """Undo the last change, and show the article again."""
        opened = self._of(key)
        if not opened.before:
            raise ArticleError("there is nothing to undo")
        earlier = opened.before.pop()
        self._set(opened, earlier)
        opened.before.pop()
        return self.show(key=key)

    def load(self, *, key: str, name: str) -> dict[str, Any]:
        """Replace the corrections by those from a file in the session's folder."""
        self.document(key)
        opened = self._of(key)
        assert opened.base is not None
        self._set(opened, load_corrections(opened.base, self.folder / Path(name).name))
        return self.show(key=key)

    def _set(self, opened: Opened, corrections: list[Correction]) -> None:
        """Replace the corrections by others; if these cannot be applied, nothing changes."""
        assert opened.base is not None
        opened.document = apply_corrections(opened.base, corrections)
        opened.before.append(opened.corrections)
        opened.corrections = corrections

    # ------------------------------------------------------------ saving

    def record(self, *, key: str) -> str:
        """All marks as JSON: the line that `annotate` writes."""
        return to_json(self.document(key))

    def save(self, *, key: str, what: str) -> dict[str, str]:
        """A file to save: its name, its type and its text. `what` is page, text, json, corrections, or a table."""
        document, opened = self.document(key), self._of(key)
        stem = _file_name(document.doc_id)
        if what == "page":
            return {"name": f"{stem}.html", "type": "text/html", "text": reading_page(document)}
        if what == "text":
            return {"name": f"{stem}.txt", "type": "text/plain", "text": tables.with_front_matter(document.article)}
        if what == "json":
            return {"name": f"{stem}.json", "type": "application/json", "text": to_json(document) + "\n"}
        if what == "corrections":
            path = self.folder / "corrections.csv"
            text = save_corrections(document, opened.corrections, path).read_text("utf-8")
            return {"name": f"{stem}.corrections.csv", "type": "text/csv", "text": text}
        return {"name": f"{stem}-{what}.csv", "type": "text/csv", "text": tables.to_csv(document, what)}


def _name(article: Article) -> str:
    """The name of an article in the list before it is read: its title, or its first words."""
    if article.title:
        return article.title
    words = article.text[:1_000].split()
    return f"“{cut(' '.join(words[:8]), 70)}{' …' if len(words) > 8 else ''}”"


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_file()) if folder.is_dir() else []


def _file_name(doc_id: str) -> str:
    """An id as a file name that works on every system."""
    return "".join(c if c.isalnum() or c in "-_" else "-" for c in doc_id)[:60].strip("-") or "article"


def _by_person(document: Document) -> list[tuple[str, int, int]]:
    """The marks that a person made or changed: how they are drawn, and where."""
    spans = [("marker", m.start, m.end) for m in document.markers if m.corrected]
    spans += [("name", m.start, m.end) for m in document.mentions if m.corrected]
    for a in document.attributions:
        if a.corrected:
            parts = (("source", a.source), ("cue", a.cue), ("content", a.content))
            spans += [(layer, start, end) for layer, each in parts for start, end in each]
    return spans


_CALLS: dict[str, Callable[..., Any]] = {
    name: getattr(Session, name)
    for name in (
        "examples",
        "open_example",
        "open_file",
        "open_text",
        "close",
        "show",
        "concordance",
        "compare",
        "pair",
        "save_pair",
        "choices",
        "marks",
        "change",
        "undo",
        "load",
        "record",
        "save",
    )
}
