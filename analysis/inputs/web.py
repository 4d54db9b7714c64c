"""The article on a saved HTML page, by trafilatura; pages that may be hostile are read in a separate process.

Parsers and XPath take time that grows with the square of what is in one element, inside calls that nothing can
interrupt: 49,000 links in one paragraph take minutes. Pages with articles have a few thousand elements. One with far
more is read by a process that the system ends when its time is up.
"""

from __future__ import annotations

import json
import math
import os
import re
import subprocess
import sys
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.text.article import ArticleError

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from analysis.inputs.page_facts import Facts

MANY = 10_000  # signs of elements or attributes; up to this many, any content takes about a second
# Characters between signs of elements: room for many attributes without values.
_GAP = re.compile(rf"[^<>]{{{2 * MANY},}}")
MEMORY = 2_000_000_000  # bytes of memory that the process may use
HALF = 0.5  # share of the words in a page's paragraphs: with less, the article may have been taken for furniture
MORE = 1.5  # times as many words as were found
FEW = 100  # the fewest words of an article
RUN = "from analysis.inputs.web import main; main()"


def extract_article(page: str, *, file: str, seconds: float) -> dict[str, Any] | None:
    """The text of the article and what the page says about itself, by the names of an article's fields.

    Also `wall`, why there is no article, and `told`, what to warn about. None if the page cannot be parsed.

    Raises ArticleError if that takes more than `seconds` of the processor.
    """
    return _extract_alone(page, file, seconds) if may_be_slow(page) else extract_here(page)


def may_be_slow(page: str) -> bool:
    """Does a page have more elements, or more attributes, than articles do?

    >>> may_be_slow("<p>It may rain.</p>"), may_be_slow("<a href=x>y</a> " * 10_000)
    (False, True)
    """
    return (
        page.count("<") > MANY
        or page.count("=") > 2 * MANY
        or any(len(re.findall(r"[\s/]+", gap[0])) > MANY for gap in _GAP.finditer(page))
    )


_UNREAD = re.compile(r"<(script|style)\b.*?(?:</\1|\Z)|<!--.*?(?:-->|\Z)", re.DOTALL | re.IGNORECASE)
_VALUE = re.compile(r"\"[^\"]*(?:\"|\Z)|'[^']*(?:'|\Z)")
_TAG = re.compile(r"<[A-Za-z][^<>]{4000,}")


def crowded(page: str, most: int) -> bool:
    """Does an element have more than `most` attributes? Parsers take time that grows with their square.

    >>> crowded("<p " + "a=1 " * 6_000 + ">Rain.", 5_000), crowded("<p class=a>" + "It may rain. " * 9_000, 5_000)
    (True, False)
    """
    if _TAG.search(page) is None:
        return False
    tags = (_VALUE.sub("", tag[0]) for tag in _TAG.finditer(_UNREAD.sub("", page)))
    return any(len(re.findall(r"[\s/]+", tag)) > most for tag in tags)


def extract_here(page: str) -> dict[str, Any] | None:
    """The same in this process, however long it takes."""
    from trafilatura import load_html

    from analysis.inputs.page_facts import facts_of
    from analysis.inputs.page_stubs import cut_off, wall_of

    tree = load_html(page)
    if tree is None:
        return None
    facts = facts_of(tree)
    text = _best_text(tree, facts)
    wall = wall_of(tree, text)
    return {
        "text": "" if wall else text,
        "title": facts.title,
        "outlet": facts.outlet,
        "byline": facts.authors,
        "published": facts.date,
        "url": facts.url,
        "licence": facts.licence,
        "wall": wall,
        "told": cut_off(tree, text, free=facts.free, body=facts.body) if text and not wall else None,
    }


def _best_text(tree: HtmlElement, facts: Facts) -> str:
    """The article without furniture.

    If little of the page's paragraphs is left, the names of boxes may have misled: try again without them. If the
    page's own data contain more than it shows, use the data.
    """
    from analysis.inputs.page_text import article_lines
    from analysis.inputs.page_tree import Counts, prune

    texts = []
    for by_name in (True, False):
        pruned = deepcopy(tree)
        headline = None if facts.headline_element is None else _same_place(facts.headline_element, pruned)
        prune(pruned, headline, by_name=by_name)
        texts.append("\n".join(article_lines(pruned, headlines=facts.headlines, authors=facts.authors)))
        if by_name and len(texts[0].split()) >= HALF * Counts.of(tree).prose[tree]:
            break
    text = max(texts, key=lambda each: (len(each.split()) > MORE * len(texts[0].split()), each is texts[0]))
    whole = len(facts.body.split())
    return facts.body if whole > max(MORE * len(text.split()), FEW) else text


def _same_place(element: HtmlElement, copy: HtmlElement) -> HtmlElement:
    """The element of a copied tree in the same place as this one."""
    path = []
    while (parent := element.getparent()) is not None:
        path.append(parent.index(element))
        element = parent
    for at in reversed(path):
        copy = copy[at]
    return copy


def _extract_alone(page: str, file: str, seconds: float) -> dict[str, Any] | None:
    packages = str(Path(__file__).parents[2])
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([packages, *filter(None, sys.path)])}
    command = [sys.executable, "-c", RUN, str(math.ceil(seconds))]
    try:
        # far more by the clock: that is for a process that waits for something
        done = subprocess.run(
            command, input=page.encode(), capture_output=True, env=environment, timeout=60 + 20 * seconds
        )
    except subprocess.TimeoutExpired:
        done = None
    if done is None or done.returncode < 0:  # ended by the system
        raise ArticleError(
            f"a page with far more in it than an article: reading it took more than {seconds:.0f} seconds of "
            "processor time, or too much memory; not read: save its text as .txt",
            file=file,
        )
    if done.returncode:
        reason = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:] or ["no reason given"]
        raise ArticleError(f"could not be read ({reason[0][:200]}); save its text as .txt", file=file)
    return json.loads(done.stdout)


def _bound(seconds: int) -> None:
    """Limit the processor time and memory of this process; Windows has no such limits, only that by the clock."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def main() -> None:
    """In the separate process: read the page from standard input, write what was found to standard output."""
    _bound(int(sys.argv[1]))
    found = extract_here(sys.stdin.buffer.read().decode())
    sys.stdout.buffer.write(json.dumps(found).encode())
