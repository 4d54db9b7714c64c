"""How well are saved pages read? Invented stories, set in pages of the shapes that real content systems make.

Each page of `pages/pages.toml` is a template of `pages/templates/` with a story of `pages/stories.toml` in it, and with
the furniture that such pages have: menus, newsletter boxes, related headlines, captions, comments. So each page states
its own key: the words of the story, its title, date, authors and outlet.

    python benchmarks/bench_pages.py                  # the figures, for the pages developed on and those held out
    python benchmarks/bench_pages.py --errors         # and what was wrong on each page
    python benchmarks/bench_pages.py --write FOLDER   # the pages themselves

Words are compared in order. Precision is the share of the words read that belong to the story, recall the share of the
story's words that were read, both over all pages. Lines that may be read or left out (a standfirst, the writer of an
embedded post) count neither way. Pages of the kind `stub` hold no article: right is an error, or a warning.
"""

from __future__ import annotations

import argparse
import html
import io
import json
import re
import tomllib
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path

import jinja2

from analysis.inputs.options import Blob, ReadOptions
from analysis.inputs.pages import read_html
from analysis.text.article import Article, ArticleError

HERE = Path(__file__).parent / "pages"
FIELDS = ("title", "published", "byline", "outlet")
KINDS = {"##": "head", ">": "quote", "-": "item", "@": "post"}
POST = (
    '<blockquote class="twitter-tweet" data-dnt="true"><p lang="en" dir="ltr">{text}</p>&mdash; {who} '
    '<a href="https://social.example/status/1">{date}</a></blockquote>'
)


@dataclass(frozen=True)
class Block:
    """A block of a story: a paragraph, a cross-head, a statement, an item of a list or an embedded post."""

    kind: str
    source: str

    def text(self) -> str:
        """As a reader reads it."""
        words = self.source.split(" | ")[0] if self.kind == "post" else self.source
        return re.sub(r"\{([^|}]*)\|[^}]*\}|\[([^\]]*)\]|\*([^*]*)\*", lambda m: m[1] or m[2] or m[3], words)

    def html(self, tip: str = '<abbr title="{note}">{word}</abbr>') -> str:
        """As a page writes it; `tip` is how the page writes a word with a tooltip."""
        words = html.escape(self.source, quote=False)
        words = re.sub(r"\[([^\]]*)\]", r'<a href="/archive/4711">\1</a>', words)
        words = re.sub(r"\*([^*]*)\*", r"<strong>\1</strong>", words)
        return re.sub(r"\{([^|}]*)\|([^}]*)\}", lambda m: tip.format(word=m[1], note=m[2]), words)


@dataclass(frozen=True)
class Page:
    """A saved page with its key."""

    name: str
    html: str
    text: str
    optional: tuple[str, ...]
    fields: dict[str, str | None]
    stub: bool
    held_out: bool


@dataclass
class Score:
    """What was counted over some pages; `missed` lists what was wrong, page by page."""

    pages: int = 0
    stubs: int = 0
    stubs_told: int = 0
    read: int = 0
    right: int = 0
    wanted: int = 0
    fields: dict[str, list[bool]] = field(default_factory=lambda: {name: [] for name in FIELDS})
    missed: list[str] = field(default_factory=list)


def blocks_of(body: str) -> list[Block]:
    """The blocks of a story's body.

    >>> [(block.kind, block.text()) for block in blocks_of("## Rain\\n[Some] {rain|water} may come.")]
    [('head', 'Rain'), ('p', 'Some rain may come.')]
    """
    blocks = []
    for line in body.strip().splitlines():
        sign, _, rest = line.partition(" ")
        blocks.append(Block(KINDS[sign], rest) if sign in KINDS else Block("p", line))
    return blocks


def body_writer(blocks: list[Block]) -> Callable[..., str]:
    """What a template calls `body`: the blocks in its own markup, with furniture after the blocks of these numbers."""

    def body(
        p: str = "<p>{}</p>",
        head: str = "<h2>{}</h2>",
        quote: str = "<blockquote><p>{}</p></blockquote>",
        item: str = "<li>{}</li>",
        items: str = "<ul>{}</ul>",
        post: str = POST,
        tip: str | None = None,
        after: dict[int, str] | None = None,
        first: int = 0,
        last: int | None = None,
    ) -> str:
        forms = {"p": p, "head": head, "quote": quote, "item": item}
        out: list[str] = []
        listed: list[str] = []
        for number, block in enumerate(blocks[first:last], first + 1):
            words = block.html(tip) if tip else block.html()
            if block.kind == "item":
                listed.append(item.format(words))
            elif listed:
                out.append(items.format("".join(listed)))
                listed = []
            if block.kind == "post":
                text, who, date = words.split(" | ")
                out.append(post.format(text=text, who=who, date=date))
            elif block.kind != "item":
                out.append(forms[block.kind].format(words))
            if after and number in after:
                out.append(after[number])
        return "\n".join([*out, *([items.format("".join(listed))] if listed else [])])

    return body


def pages(folder: Path = HERE) -> Iterator[Page]:
    """All pages with their keys, in the order of `pages.toml`."""
    stories = tomllib.loads((folder / "stories.toml").read_text("utf-8"))
    loader = jinja2.FileSystemLoader(folder / "templates")
    templates = jinja2.Environment(loader=loader, autoescape=False, undefined=jinja2.StrictUndefined)
    for page in tomllib.loads((folder / "pages.toml").read_text("utf-8"))["page"]:
        story = stories[page["story"]]
        blocks = blocks_of(story["body"])
        text = "\n".join(block.text() for block in blocks)
        written = templates.get_template(f"{page['template']}.html").render(
            **{"dek": story["dek"], "title": story["title"], "authors": [], **page},
            body=body_writer(blocks),
            plain=text,
            ld=lambda data: '<script type="application/ld+json">' + json.dumps(data) + "</script>",
        )
        posts = [block.source.split(" | ")[1:] for block in blocks if block.kind == "post"]
        signs = [line for who, date in posts for line in (f"{who} {date}", f"A post shared by {who} on {date}", who)]
        yield Page(
            name=page["template"],
            html=written,
            text=text,
            optional=(story["dek"], *signs, *page.get("optional", ())),
            fields={
                "title": story["title"],
                "published": page["published"][:10],
                "byline": ", ".join(page.get("authors", ())) or None,
                "outlet": page["outlet"],
            },
            stub=page.get("stub", False),
            held_out=page.get("held_out", False),
        )


def words_of(text: str) -> list[str]:
    """Words as they are compared: without case, punctuation, or forms of quotation marks."""
    return re.findall(r"[^\W_]+(?:['’][^\W_]+)*", text.lower().replace("’", "'"))


def compare(read: str, page: Page) -> tuple[int, int, int, list[str]]:
    """Words read, words of these that are the story's, words of the story, and what was too much or missing."""
    optional = [words_of(line) for line in page.optional if line]
    got: list[str] = []
    for line in read.splitlines():
        words = words_of(line)
        if words not in optional:
            for known in filter(None, optional):
                if words[-len(known) :] == known and words[: -len(known)]:
                    words = words[: -len(known)]
            got += words
    want = words_of(page.text)
    errors, right = [], 0
    for kind, a, b, c, d in SequenceMatcher(None, got, want, autojunk=False).get_opcodes():
        if kind == "equal":
            right += b - a
            continue
        if b > a:
            errors.append("too much: " + " ".join(got[a:b]))
        if d > c:
            errors.append("missing:  " + " ".join(want[c:d]))
    return len(got), right, len(want), errors


def read(page: Page) -> tuple[Article | None, list[str]]:
    """The article as the package reads it, with its warnings; None where it refuses."""
    raw = page.html.encode()
    blob = Blob(f"{page.name}.html", page.name, ".html", len(raw), lambda: io.BytesIO(raw))
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        try:
            article = next(iter(read_html(blob, ReadOptions())))
        except ArticleError as error:
            return None, [str(error)]
    return article, [str(warning.message) for warning in told]


def score(chosen: list[Page]) -> Score:
    """The counts over these pages."""
    total = Score()
    for page in chosen:
        total.pages += 1
        article, told = read(page)
        if page.stub:
            total.stubs += 1
            total.stubs_told += article is None or bool(told)
            if article is not None and not told:
                total.missed.append(f"{page.name}: a stub, not told")
            continue
        n_read, right, wanted, errors = compare(article.text if article else "", page)
        total.read, total.right, total.wanted = total.read + n_read, total.right + right, total.wanted + wanted
        total.missed += [f"{page.name}: {error}" for error in errors]
        total.missed += [f"{page.name}: warned: {message}" for message in told]
        for name in FIELDS:
            got = getattr(article, name, None)
            got = got[:10] if got and name == "published" else got
            same = (got or "").lower() == (page.fields[name] or "").lower()
            total.fields[name].append(same)
            if not same:
                total.missed.append(f"{page.name}: {name} {got!r}, not {page.fields[name]!r}")
    return total


def row(name: str, total: Score) -> str:
    """The figures as one line of a Markdown table."""
    shares = [total.right / total.read, total.right / total.wanted]
    shares += [sum(total.fields[each]) / len(total.fields[each]) for each in FIELDS]
    figures = " | ".join(f"{share:.3f}" for share in shares)
    return f"| {name} | {total.pages} | {figures} | {total.stubs_told} of {total.stubs} |"


def table(everything: list[Page]) -> tuple[str, list[str]]:
    """The table of figures, and what was wrong."""
    parts = {
        "developed on": [page for page in everything if not page.held_out],
        "held out": [page for page in everything if page.held_out],
    }
    lines = [
        "| pages | n | word precision | word recall | title | date | author | outlet | stubs reported |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    missed = []
    for name, chosen in parts.items():
        total = score(chosen)
        lines.append(row(name, total))
        missed += [f"{name}: {line}" for line in total.missed]
    return "\n".join(lines), missed


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--errors", action="store_true", help="print what was wrong on each page developed on")
    parser.add_argument("--held-out", action="store_true", help="with --errors: also on those held out")
    parser.add_argument("--write", type=Path, metavar="FOLDER", help="write the pages to this folder")
    arguments = parser.parse_args()
    everything = list(pages())
    if arguments.write:
        arguments.write.mkdir(parents=True, exist_ok=True)
        for page in everything:
            (arguments.write / f"{page.name}.html").write_text(page.html, "utf-8")
    figures, missed = table(everything)
    print(figures)
    if arguments.errors:
        print(*(line for line in missed if arguments.held_out or line.startswith("developed on")), sep="\n")


if __name__ == "__main__":
    main()
