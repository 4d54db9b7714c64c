"""Any number of articles to Parquet, on this machine or on a Dask cluster, in partitions that survive interruption.

The articles are cut into partitions in the order of the input. A partition's tables are written whole, each under its
own name, before the file that says it is done. So an interrupted run continues where it stopped, and ends with the same
bytes as an uninterrupted one. Workers need no common file system: articles are sent to them, and tables come back.

    SINK/articles/part-00000.parquet ...    one folder for each table of `analysis.tables`
    SINK/done/part-00000.json ...           what each partition was made from, and its errors
    SINK/errors.jsonl                       file, row and reason of all that could not be read or annotated
    SINK/manifest.json                      versions, numbers of articles, rows and errors
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import ExitStack, closing
from dataclasses import asdict, dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis import __version__
from analysis.corpora.batch import Progress, batched, collect_seldom, died, error_line, read_options
from analysis.corpora.sink import check_sink, done_part, held, is_done, part_name, remove_stale
from analysis.entities import AliasEntry
from analysis.entities.backends import describe_backend
from analysis.inputs.loading import iter_articles
from analysis.inputs.options import ReadOptions
from analysis.inputs.sidecars import Known, Sidecars, failed
from analysis.outputs import write_whole
from analysis.people import StatedSource
from analysis.text.article import Article, ArticleError, one_line

if TYPE_CHECKING:
    from distributed import Client

PARTITION = 256  # articles
PARTITION_CHARS = 2_000_000  # a partition of long articles has fewer, because it is sent as one message
ARROW = {
    "str": "string",
    "int64": "int64",
    "Int64": "int64",
    "float64": "float64",
    "bool": "bool_",
    "boolean": "bool_",
    "datetime64[us]": "timestamp",
}
ADDED = {"encoding": "str", "repaired": "str", "path": "str", "duplicate_of": "str"}  # for the table of articles


@dataclass(frozen=True, slots=True)
class Item:
    """An article (or the error in its place), with the doc_id of the first one with the same text, and what its reader
    knows about names and sources.
    """

    article: Article | ArticleError
    duplicate_of: str | None = None
    aliases: tuple[AliasEntry, ...] = ()
    sources: tuple[StatedSource, ...] = ()


def annotate_corpus(
    source: str | Path | Iterable[str | Path],
    sink: str | Path,
    client: Client | None = None,
    *,
    backend: str = "rules",
    options: ReadOptions | None = None,
    jobs: int | None = None,
    partition: int = PARTITION,
    near_duplicates: float | None = None,
    progress: Progress | None = None,
    any_language: bool = False,
) -> dict[str, Any]:
    """Annotate all articles of `source` into Parquet tables under the folder `sink`; return the manifest.

    `client` is a distributed.Client: its cluster does the work. Without one, `jobs` processes of this machine do (all
    its cores by default). `partition` is the number of articles in a part. A doc_id that was used before gets "#2",
    "#3" and so on. `near_duplicates` (a share such as 0.8) also writes near_duplicates.parquet. Texts in languages
    other than English get no marks, unless `any_language` is True.

    Each part records what it was made from (texts, metadata, options, version of this package); existing parts that
    were made from the same are kept. Bad articles are reported and never stop the run.
    """
    source = [source] if isinstance(source, str | Path) else list(source)
    check_sink(sink, source)
    sink = Path(sink)
    if client is None:
        describe_backend(backend)  # raises if it cannot be used, before anything is read or written
    work = partial(annotate_part, backend=backend, near=near_duplicates is not None, any_language=any_language)
    setting = f"{code_digest()} {backend} {near_duplicates is not None} {any_language}"
    beside = Sidecars()
    parts = partitions(items(beside.beside(iter_articles(source, options=options))), partition)
    with held(sink):
        count = 0
        with closing(_workers(client, jobs)) as workers:
            for result in _made(parts, sink, setting, work, workers):
                _finish(sink, count, result, progress)
                count += 1
        remove_stale(sink, count)
        if near_duplicates is not None:
            _write_near_duplicates(sink, count, near_duplicates)
        return _write_summary(sink, count, backend, beside.files)


def _workers(client: Client | None, jobs: int | None):
    from analysis.corpora.parallel import Cluster, Here, Processes

    if client is not None:
        return Cluster(client)
    jobs = jobs or os.cpu_count() or 1
    return Here() if jobs == 1 else Processes(jobs, initializer=collect_seldom)


# ---------------------------------------------------------------- the parts


def items(articles: Iterable[Known | ArticleError]) -> Iterator[Item]:
    """The articles with unique doc_ids, and the articles that they duplicate."""
    from analysis.corpora.duplicates import Seen

    with Seen() as seen:
        for known in articles:
            if isinstance(known, ArticleError):
                yield Item(known)
            else:
                article = replace(known.article, doc_id=seen.own_name(known.article.doc_id))
                yield Item(article, seen.same(article.doc_id, article.sha256), known.aliases, known.sources)


def partitions(stream: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """The items in lists of at most `size`, and of at most PARTITION_CHARS characters (or one article)."""
    return batched(stream, size, PARTITION_CHARS)


def part_digest(part: list[Item], setting: str) -> str:
    """What a part is made from, as a single SHA-256."""
    digest = hashlib.sha256(setting.encode())
    for item in part:
        if isinstance(item.article, Article):
            known = asdict(item.article) | {"text": item.article.sha256, "duplicate_of": item.duplicate_of}
            known |= {
                kind: [asdict(entry) for entry in entries]
                for kind, entries in (("aliases", item.aliases), ("sources", item.sources))
                if entries
            }
            digest.update(json.dumps(known, sort_keys=True).encode())
        else:
            digest.update(error_line(item.article).encode())
    return digest.hexdigest()


@cache
def code_digest() -> str:
    """The version of this package and of its rules, down to the byte."""
    folder = Path(__file__).parents[1]
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix in {".py", ".toml", ".tsv", ".txt"}):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return f"{__version__} {digest.hexdigest()}"


# ---------------------------------------------------------------- in the worker


@dataclass(frozen=True, slots=True)
class Made:
    """The tables of one item or part as Parquet files, by name; its errors; the numbers of rows."""

    tables: dict[str, bytes]
    errors: list[str]
    rows: dict[str, int]


def annotate_part(batch: list[list[Item]], *, backend: str, near: bool, any_language: bool = False) -> list[Made]:
    """Annotate each part of `batch`; one bad article becomes an error and leaves the others."""
    return [_annotate_part(part, backend, near, any_language) for part in batch]


def _annotate_part(part: list[Item], backend: str, near: bool, any_language: bool) -> Made:
    from analysis.pipeline import annotate

    documents, kept, errors = [], [], []
    for item in part:
        if isinstance(item.article, ArticleError):
            errors.append(item.article)
            continue
        try:
            known = {"aliases": item.aliases, "sources": item.sources}
            documents.append(annotate(item.article, backend=backend, any_language=any_language, **known))
            kept.append(item)
        except Exception as error:  # a single article must never end the run
            errors.append(failed(item.article, error))
    try:
        tables, rows = _tables(documents, kept)
    except Exception:  # nor may its tables: find the articles whose tables cannot be built, and leave them out
        good = [
            k
            for k, (document, item) in enumerate(zip(documents, kept, strict=True))
            if not _tables_fail(document, item, errors)
        ]
        documents, kept = [documents[k] for k in good], [kept[k] for k in good]
        tables, rows = _tables(documents, kept)
    if near:
        tables["signatures"] = _signatures(kept)
    return Made(tables, [error_line(error) for error in errors], rows)


def _tables_fail(document, item: Item, errors: list[ArticleError]) -> bool:
    try:
        _tables([document], [item])
    except Exception as error:
        errors.append(failed(item.article, error))
        return True
    return False


def _tables(documents: list, kept: list[Item]) -> tuple[dict[str, bytes], dict[str, int]]:
    """The tables as Parquet files, and their numbers of rows."""
    frames = _frames(documents, kept)
    return {name: to_parquet(frame) for name, frame in frames.items()}, {n: len(frame) for n, frame in frames.items()}


def _frames(documents: list, kept: list[Item]) -> dict[str, Any]:
    import pandas as pd

    from analysis.tables import make_tables

    frames = make_tables(documents)
    known = [(i.article.encoding, i.article.repaired, i.article.path, i.duplicate_of) for i in kept]
    for column, values in zip(ADDED, zip(*known, strict=True) if known else [()] * len(ADDED), strict=True):
        frames["articles"][column] = pd.Series(list(values), dtype="str")
    return frames


def to_parquet(frame: Any) -> bytes:
    """A table as the bytes of a Parquet file: the types are those of the table, so they never depend on the rows."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    def arrow(dtype: str) -> Any:
        name = ARROW[dtype]
        return pa.timestamp("us") if name == "timestamp" else getattr(pa, name)()

    schema = pa.schema([(name, arrow(str(dtype))) for name, dtype in frame.dtypes.items()])
    table = pa.Table.from_pandas(frame, schema=schema, preserve_index=False).replace_schema_metadata(None)
    out = io.BytesIO()
    pq.write_table(table, out, compression="zstd")
    return out.getvalue()


def _signatures(kept: list[Item]) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    from analysis.corpora.duplicates import signature

    out = io.BytesIO()
    pq.write_table(
        pa.table(
            {
                "doc_id": pa.array([i.article.doc_id for i in kept], pa.string()),
                "signature": pa.array([signature(i.article.text) for i in kept], pa.binary()),
            }
        ),
        out,
    )
    return out.getvalue()


# ---------------------------------------------------------------- here


def _made(parts: Iterable[list[Item]], sink: Path, setting: str, work, workers) -> Iterator[tuple[str, Made | None]]:
    """For each part in order: its digest, and the result (None if it already exists)."""
    from collections import deque

    from analysis.corpora.parallel import in_order

    waiting: deque[tuple[str, bool]] = deque()  # in order: the digest, and whether the part is in progress

    def missing() -> Iterator[list[list[Item]]]:
        for number, part in enumerate(parts):
            digest = part_digest(part, setting)
            there = is_done(sink, number, digest)
            waiting.append((digest, not there))
            yield [] if there else [part]

    for results in in_order(work, missing(), workers, partial(_one_by_one, work=work, workers=workers)):
        digest, _ = waiting.popleft()
        yield digest, results[0] if results else None


def _one_by_one(part: list[Item], *, work, workers) -> Made:
    """Handle a part in which an article kills its worker: find the article, and build the part without it."""
    from analysis.corpora.parallel import in_order

    dead = ArticleError("died")
    kept = []
    for item, results in zip(part, in_order(work, ([[item]] for item in part), workers, lambda _: dead), strict=True):
        kept.append(Item(_died(item)) if results[0] is dead else item)
    return workers.submit(work, [kept]).result()[0]


def _died(item: Item) -> ArticleError:
    return item.article if isinstance(item.article, ArticleError) else died(Known(item.article))


def _finish(sink: Path, number: int, result: tuple[str, Made | None], progress: Progress | None) -> None:
    digest, made = result
    if made is not None:
        for name, content in made.tables.items():
            _put(sink / name / f"{part_name(number)}.parquet", content)
        done = {"made_from": digest, "rows": made.rows, "errors": made.errors}
        _put(sink / "done" / f"{part_name(number)}.json", json.dumps(done, ensure_ascii=False).encode())
    if progress is not None:
        progress.step()


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(exist_ok=True)
    write_whole(path, content)


def _write_near_duplicates(sink: Path, count: int, threshold: float) -> None:
    import pandas as pd
    import pyarrow.parquet as pq

    from analysis.corpora.duplicates import Seen

    rows = []
    with Seen(threshold=threshold) as seen:
        for number in range(count):
            table = pq.read_table(sink / "signatures" / f"{part_name(number)}.parquet")
            for doc_id, signed in zip(*(table[name].to_pylist() for name in ("doc_id", "signature")), strict=True):
                near = seen.near(doc_id, signed)
                if near:
                    rows.append((doc_id, *near))
    frame = pd.DataFrame(rows, columns=["doc_id", "duplicate_of", "similarity"]).astype(
        {"doc_id": "str", "duplicate_of": "str", "similarity": "float64"}
    )
    write_whole(sink / "near_duplicates.parquet", to_parquet(frame))


def _write_summary(sink: Path, count: int, backend: str, beside: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    rows: Counter[str] = Counter()
    errors = 0

    def error_lines() -> Iterator[bytes]:  # one part after another: there may be millions
        nonlocal errors
        for number in range(count):
            done = done_part(sink, number)
            rows.update(done["rows"])
            errors += len(done["errors"])
            yield "".join(line + "\n" for line in done["errors"]).encode()

    write_whole(sink / "errors.jsonl", error_lines())
    manifest = {
        "version": __version__,
        "made_by": code_digest().split()[1],
        "backend": backend,
        "parts": count,
        "rows": dict(rows),
        "errors": errors,
        **beside,
    }
    write_whole(sink / "manifest.json", (json.dumps(manifest, indent=1) + "\n").encode())
    return manifest


# ---------------------------------------------------------------- the command


def run(arguments: argparse.Namespace) -> int:
    """The command `corpus`; returns 1 if an article could not be read, otherwise 0."""
    options = read_options(arguments)
    try:
        manifest = _run(arguments, options)
    except ValueError as error:
        print(f"error: {one_line(str(error))}", file=sys.stderr)
        return 2
    except CancelledError:  # raised by the client when the scheduler is gone
        print(
            f"error: --scheduler {arguments.scheduler}: the connection was lost; check that the scheduler is "
            f"running, and run the command again: it continues where it stopped",
            file=sys.stderr,
        )
        return 1
    print(
        f"{manifest['rows'].get('articles', 0):,} articles in {manifest['parts']:,} parts, {manifest['errors']:,} "
        f"errors: {arguments.sink}",
        file=sys.stderr,
    )
    return int(manifest["errors"] > 0)


def _client(address: str) -> Client:
    from distributed import Client

    try:
        return Client(address)
    except (OSError, ValueError) as error:
        raise ValueError(
            f"--scheduler {address}: no Dask scheduler answers there ({error}); start one with `dask "
            "scheduler`, and give the address that it prints, such as tcp://10.0.0.5:8786"
        ) from error


def _run(arguments: argparse.Namespace, options: ReadOptions) -> dict[str, Any]:
    with ExitStack() as stack:
        client = stack.enter_context(_client(arguments.scheduler)) if arguments.scheduler else None
        progress = stack.enter_context(closing(Progress(unit=" parts")))
        return annotate_corpus(
            arguments.inputs,
            arguments.sink,
            client,
            backend=arguments.backend,
            options=options,
            jobs=arguments.jobs,
            partition=arguments.partition,
            near_duplicates=arguments.near_duplicates,
            progress=progress,
            any_language=arguments.any_language,
        )
