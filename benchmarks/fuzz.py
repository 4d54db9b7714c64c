"""Feed each reader and the rules with mutated bytes, and stop at what should not be.

    python benchmarks/fuzz.py --seconds 600                # every reader in turn
    python benchmarks/fuzz.py --reader html --seconds 600  # one of them
    pip install atheris                                    # then bytes are mutated by coverage, else at random

Seeds are small files of each kind, made here. For any bytes, a reader must give articles or ArticleErrors that name the
file; metadata must hold no control character; a text that is read must be annotated with offsets that fit; and no input
may take longer than in line with its size.
"""

from __future__ import annotations

import argparse
import importlib.util
import io
import json
import random
import subprocess
import sys
import tempfile
import time
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

if __name__ == "__main__" and importlib.util.find_spec("atheris"):
    import atheris

    with atheris.instrument_imports(include=["analysis"]):
        import analysis.annotation
        import analysis.inputs.loading
        import analysis.pipeline  # noqa: F401

import small_files

from analysis.annotation import load_corrections
from analysis.entities import load_aliases
from analysis.inputs import ReadOptions
from analysis.inputs.loading import iter_articles
from analysis.pipeline import annotate, to_record
from analysis.text.article import Article, ArticleError, clean_line
from analysis.text.segmentation import segment

NEWS = (
    "“The vote may be delayed, perhaps not,” Ann Reed told Reuters. Reed, who "
    "leads the Harbour Council (HC), said about 200 people could leave.\nAccording to the HC, the vote is expected "
    "to pass.\n"
)
PAGE = f"""<html><head><title>T | The Post</title><meta property="og:title" content="T"><meta name="author"
content="A B">
<script type="application/ld+json">{{"@graph": [{{"@type": "NewsArticle", "headline": "T", "author": [{{"@id": "#a"}}],
"datePublished": "2031-02-03", "articleBody": "x"}}, {{"@type": "Person", "@id": "#a", "name": "Jane Roe"}}]}}</script>
</head>
<body><nav><a href="/">The Post</a></nav><article><h1>T</h1><p class="byline">By Jane Roe, Editor</p>
<p>{NEWS}</p>
<div class="newsletter"><p>Sign up</p></div>
<figure><img><figcaption>Photo: X</figcaption></figure><h2>Next</h2>
<blockquote class="twitter-tweet"><p>Rain.</p>A (@a)</blockquote><ul><li>It may rain.<li><a href="x">More</a></ul>
<p>{NEWS}
a <span class="tooltip">b</span><br><br>c</p></article><div id="comments"><p>No.</p></div></body></html>"""
SLOWEST = 2.0  # seconds that an input of a few kilobytes may take, on a busy machine
LONGEST = 4096  # bytes of an input


def check(article: Article) -> None:
    """Annotate; metadata must be clean, and every offset must lie in the text."""
    for value in (article.title, article.outlet, article.byline, article.url, article.licence):
        assert value is None or value == clean_line(value), value
    record = to_record(annotate(article, any_language=True))
    size = len(article.text)
    spans = [*record["sentences"], *((m["start"], m["end"]) for m in record["markers"] + record["mentions"])]
    spans += [span for a in record["attributions"] for role in ("source", "cue", "content") for span in a[role]]
    assert all(0 <= start < end <= size for start, end in spans), article.text


def read_as(suffix: str, *, split: str | None = None) -> Callable[[bytes, Path], None]:
    """Reading the bytes as a file of this kind, and annotating what is in it."""
    options = ReadOptions(split=split)

    def target(data: bytes, folder: Path) -> None:
        path = folder / f"a{suffix}"
        path.write_bytes(data)
        for item in iter_articles(path, options=options):
            if isinstance(item, ArticleError):
                assert str(item).startswith(str(path)), str(item)
                assert str(item).isprintable(), str(item)
                assert "please report it" not in str(item), str(item)  # a fault that a reader does not know of
            else:
                check(item)

    return target


def read_inside(suffix: str, member: str) -> Callable[[bytes, Path], None]:
    """Reading a zip of this kind with the bytes as one of its members: a changed zip would be refused for its sums."""

    def target(data: bytes, folder: Path) -> None:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            for name, content in (small_files.PARTS[suffix] | {member: data}).items():
                archive.writestr(name, content)
        read_as(suffix)(packed.getvalue(), folder)

    return target


def aliases(data: bytes, folder: Path) -> None:
    """Reading the bytes as what a reader knows of names, and applying it."""
    path = folder / "aliases.toml"
    path.write_bytes(data)
    try:
        entries = load_aliases(path)
    except ArticleError:
        return
    annotate(Article(NEWS), aliases=entries)


def corrections(data: bytes, folder: Path) -> None:
    """Reading the bytes as a reader's corrections of an article, and applying them."""
    from analysis.annotation import apply_corrections

    path = folder / "a.corrections.csv"
    path.write_bytes(data)
    document = segment(Article(NEWS))
    try:
        apply_corrections(document, load_corrections(document, path))
    except ArticleError:
        return


TARGETS: dict[str, Callable[[bytes, Path], None]] = {
    "txt": read_as(".txt"),
    "md": read_as(".md"),
    "csv": read_as(".csv"),
    "jsonl": read_as(".jsonl"),
    "zip": read_as(".zip"),
    "html": read_as(".html"),
    "docx": read_as(".docx"),
    "pdf": read_as(".pdf"),
    "pdf-export": read_as(".pdf"),
    "parquet": read_as(".parquet"),
    "json": read_as(".json"),
    "sheet": read_inside(".xlsx", "xl/worksheets/sheet1.xml"),
    "book": read_inside(".xlsx", "xl/workbook.xml"),
    "strings": read_inside(".xlsx", "xl/sharedStrings.xml"),
    "odt": read_inside(".odt", "content.xml"),
    "eml": read_as(".eml"),
    "mbox": read_as(".mbox"),
    "mhtml": read_as(".mhtml"),
    "nitf": read_as(".xml"),
    "newsml": read_as(".xml"),
    "rss": read_as(".xml"),
    "atom": read_as(".xml"),
    "gz": read_as(".txt.gz"),
    "rtf": read_as(".rtf"),
    "factiva-xml": read_as(".xml"),
    "lexisnexis": read_as(".txt"),
    "nexis-uni": read_as(".txt"),
    "factiva": read_as(".txt"),
    "factiva-layout": read_as(".txt"),
    "factiva-page": read_as(".html"),
    "proquest": read_as(".txt"),
    "proquest-headings": read_as(".txt"),
    "europresse": read_as(".html"),
    "split": read_as(".txt", split="-+ [0-9]+ -+"),
    "aliases": aliases,
    "corrections": corrections,
}


def seeds(folder: Path) -> dict[str, bytes]:
    """One good input for each target."""
    import pandas as pd

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", NEWS)
        archive.writestr("b.csv", "text\nA vote.\n")
    pd.DataFrame({"id": ["a"], "title": ["T"], "text": [NEWS]}).to_parquet(folder / "seed.parquet")
    rows = (b"1 0 0 1 %d %d Tm (The vote may be) Tj" % (x, 700 - 12 * row) for row in range(4) for x in (50, 300))
    stream = b"BT /F1 12 Tf " + b" ".join(rows) + b" ET"
    return {
        "txt": NEWS.encode(),
        "md": f"---\ntitle: T\npublished: 2031-02-03\n---\n{NEWS}".encode(),
        "csv": f'id,text,date\n1,"{NEWS}",2031-02-03\n'.encode(),
        "jsonl": json.dumps({"doc_id": "a", "title": "T", "text": NEWS}).encode(),
        "zip": packed.getvalue(),
        "html": PAGE.encode(),
        "docx": small_docx(),
        "pdf": small_pdf(stream),
        "parquet": (folder / "seed.parquet").read_bytes(),
        **exports(),
        "aliases": b'[[rename]]\nname = "Ann Reed"\nto = "A. Reed"\n[[merge]]\ninto = "HC"\nnames = ["Council"]\n',
        **small_files.seeds(NEWS),
        "corrections": b"action,layer,words,label\nadd,hedge,may,possibility\nadd,name,Ann Reed,person\n",
    }


def exports() -> dict[str, bytes]:
    """A small export of each database, and two articles with a line between them."""
    known = "BYLINE: ANN REED\n\nSECTION: NEWS; Pg. 3\n\nLENGTH: 24 words\n\n"
    top = f"The Post\n\nMay 5, 2031 Monday\nFinal Edition\n\nA vote\n\n{known}"
    academic = (
        f"1 of 2 DOCUMENTS\n\n{top}{NEWS}\nLOAD-DATE: May 6, 2031\n\nLANGUAGE: ENGLISH\n\nCopyright 2031 Post\n\n"
    )
    uni = "A vote\nThe Post\nMay 5, 2031 Monday\n\nSection:\xa0NEWS\nLength:\xa024 words\nByline:\xa0Ann Reed\nBody\n\n"
    fields = ["HD", "A vote", "BY", "Ann Reed", "WC", "24 words", "PD", "5 May 2031", "SN", "The Post", "LA", "English"]
    coded = "\n".join([*fields, "LP", NEWS, "TD", NEWS, "AN", "Document INVPST0020310505e7ct0001r", ""])
    laid_out = f"A vote\nBy Ann Reed\n24 words\n5 May 2031\nThe Post\nINVPST\nEnglish\n(c) 2031\n\n{NEWS}"
    rows = "".join(f"<tr><td><b>{c}</b></td><td>{v}</td></tr>" for c, v in zip(fields[::2], fields[1::2], strict=True))
    rule = "_" * 60
    proquest = (
        f"Document 1 of 1\n\nA vote\n\nFull text: {NEWS}\nTitle: A vote\n\nPublication title: The Post; Leeds\n\n"
    )
    return {
        "rtf": (
            "{\\rtf1\\ansi{\\fonttbl\\f0 Arial;}\\f0 " + NEWS.replace("\n", "\\par\n").replace("“", "\\'93") + "}"
        ).encode(),
        "factiva-xml": "<article><accessionNo>1</accessionNo><headline><paragraph>A vote</paragraph></headline>"
        f"<leadParagraph><paragraph>{NEWS}</paragraph></leadParagraph></article>".encode(),
        "lexisnexis": (academic + academic.replace("1 of", "2 of")).encode(),
        "nexis-uni": f"{uni}{NEWS}\nLoad-Date: May 6, 2031\n\nEnd of Document\n".encode(),
        "factiva": coded.encode(),
        "factiva-layout": f"{laid_out}\nDocument INVPST0020310505e7ct0001r\n".encode(),
        "factiva-page": f'<div class="article enArticle"><table>{rows}<tr><td>LP</td><td>{NEWS}</td></tr>'.encode(),
        "proquest": f"{rule}\n\n{proquest}ProQuest document ID: 31073\n\nDatabase: News\n{rule}\n".encode(),
        "proquest-headings": (
            f"A vote\nReed, Ann . The Post ; Leeds [Leeds]. 05 May 2031.\n\nFULL TEXT\n{NEWS}\nDETAILS\n"
            "Publication title: The Post; Leeds\nProQuest document ID: 31073\nDatabase: News\n\nLINKS\n"
        ).encode(),
        "pdf-export": small_pdf(
            b"BT /F1 12 Tf "
            + b" ".join(b"1 0 0 1 50 %d Tm (%s) Tj" % (700 - 14 * row, line) for row, line in enumerate(printed(uni)))
            + b" ET"
        ),
        "europresse": '<article><span class="DocPublicationName">Post</span><span class="DocHeader">5 mai 2031</span>'
        f'<p class="titreArticleVisu">A vote</p><div class="DocText"><p>{NEWS}</p></div></article>'.encode(),
        "split": f"{NEWS}--- 1 ---\n{NEWS}--- 2 ---\n{NEWS}".encode(),
    }


def printed(article: str) -> list[bytes]:
    """The lines of an article by Nexis Uni, for a PDF."""
    text = f"Page 1 of 1\n{article}{NEWS}\nLoad-Date: May 6, 2031\nEnd of Document".replace("\xa0", " ")
    return [line.encode("ascii", "replace").replace(b"(", b"[").replace(b")", b"]") for line in text.splitlines()]


def small_docx() -> bytes:
    """A Word file of one paragraph: the few parts that it must have."""
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    to = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/word/document.xml" ContentType="{kind}"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{to}" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{word}"><w:body><w:p><w:r><w:t>{NEWS}</w:t></w:r></w:p></w:body>'
        "</w:document>",
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:  # not compressed, so that what is changed is the XML
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


def small_pdf(stream: bytes) -> bytes:
    """A PDF of one page, without a table of its objects: readers find them."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [5 0 R] /Count 1 >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Length %d >>\nstream\n" % len(stream) + stream + b"\nendstream",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R"
        b" /Resources << /Font << /F1 3 0 R >> >> >>",
    ]
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, content) for n, content in enumerate(objects, 1))
    return b"%PDF-1.4\n" + body + b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n0\n%%EOF\n"


def one_input(reader: str, data: bytes, folder: Path) -> None:
    """One input for one target, which must not take long."""
    start = time.process_time()
    TARGETS[reader](data, folder)
    spent = time.process_time() - start
    assert spent < SLOWEST, f"{spent:.1f} s for {len(data)} bytes"


def mutated(data: bytes, draw: random.Random, more: list[bytes]) -> bytes:
    """The bytes with a few changes: other bytes, stretches that are missing, doubled or from another seed."""
    out = bytearray(data)
    for _ in range(draw.randint(1, 8)):
        at = draw.randint(0, len(out))
        end = min(len(out), at + draw.randint(1, 20))
        way = draw.randrange(5)
        if way == 0:
            out[at:end] = draw.randbytes(end - at)
        elif way == 1:
            del out[at:end]
        elif way == 2:
            out[at:at] = out[at:end] * draw.randint(1, 30)
        elif way == 3:
            other = draw.choice(more)
            start = draw.randint(0, len(other))
            out[at:end] = other[start : start + draw.randint(1, 40)]
        else:
            out[at:end] = draw.choice([b"\0", b"\xff\xfe", b"\x1b[31m", b"[[[[", b"<<<<", b'"', b"\r", b"$x$", b"&#0;"])
    return bytes(out[: 2 * LONGEST])


def at_random(reader: str, seconds: float, seed: int, folder: Path) -> int:
    """Feed a target with mutated seeds for some seconds; returns how many. Raises whatever is found."""
    draw, count = random.Random(seed), 0
    good = seeds(folder)
    one_input(reader, good[reader], folder)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        data = mutated(good[reader], draw, list(good.values()))
        try:
            one_input(reader, data, folder)
        except BaseException:
            found = Path(tempfile.gettempdir()) / f"found-{reader}-{count}"
            found.write_bytes(data)
            print(f"found after {count:,} inputs of {reader}; kept in {found}", file=sys.stderr)
            raise
        count += 1
    return count


def by_coverage(reader: str, seconds: int, folder: Path) -> None:
    """The same with atheris, which ends the process."""
    corpus = folder / "corpus"
    corpus.mkdir()
    for name, seed in seeds(folder).items():
        (corpus / name).write_bytes(seed)
    limits = [f"-max_total_time={seconds}", f"-max_len={2 * LONGEST}", "-timeout=20", f"-artifact_prefix={folder}/"]
    atheris.Setup([sys.argv[0], str(corpus), *limits], lambda data: one_input(reader, data, folder))
    atheris.Fuzz()


def main() -> None:
    """Read the command line and fuzz."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reader", choices=TARGETS, help="one reader (default: all, each in its share of the time)")
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--seed", type=int, default=1, help="where bytes are mutated at random")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    if options.reader is None:
        share = max(1, options.seconds // len(TARGETS))
        for reader in TARGETS:
            rest = ["--seconds", str(share), "--seed", str(options.seed)]
            subprocess.run([sys.executable, __file__, "--reader", reader, *rest], check=True)
        return
    with tempfile.TemporaryDirectory() as name:
        if importlib.util.find_spec("atheris"):
            by_coverage(options.reader, options.seconds, Path(name))
        else:
            count = at_random(options.reader, options.seconds, options.seed, Path(name))
            print(f"{options.reader}: {count:,} inputs, nothing found", flush=True)


if __name__ == "__main__":
    main()
