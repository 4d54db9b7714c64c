"""Many articles in a file: JSON lines, CSV and Parquet, one row at a time."""

from __future__ import annotations

import csv
import datetime
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any, BinaryIO

from analysis.inputs import encodings
from analysis.inputs.columns import ABSTRACTS, FIELDS, IDS, KNOWN, TEXTS, find_columns, fold, tell_columns
from analysis.inputs.damage import looked_over, metadata_looked_over
from analysis.inputs.dates import FileDates
from analysis.inputs.metadata import metadata_of
from analysis.inputs.options import Blob, Items, ReadOptions
from analysis.inputs.pages import check_length
from analysis.text.article import Article, ArticleError, clean_id

CSV_SAMPLE = 1_000_000
WIDE = ("utf-16", "utf-32", "utf-16-le", "utf-16-be")  # in these, a line end is more than one byte


def article_of(
    record: dict[str, Any],
    text: Any,
    doc_id: Any,
    blob: Blob,
    row: int,
    options: ReadOptions,
    encoding: str = "utf-8",
    *,
    dates: FileDates | None = None,
    keep: bool = False,
) -> Article:
    """One row as an article. Raises ArticleError with file and row.

    `dates` knows the other dates of the file; with `keep` the text stays the same to the character (see
    `damage.looked_over`).
    """
    if doc_id is None or doc_id == "" or doc_id != doc_id:  # the last is NaN
        doc_id = f"{blob.doc_id}-{row}"
    if isinstance(doc_id, float) and doc_id.is_integer():  # 7.0, as spreadsheets write numbers
        doc_id = int(doc_id)
    if not isinstance(doc_id, str | int) or isinstance(doc_id, bool):
        raise ArticleError(f"the id is {_kind(doc_id)}; give a string or a whole number", file=blob.name, row=row)
    doc_id = clean_id(str(doc_id))
    if not doc_id.strip():
        doc_id = f"{blob.doc_id}-{row}"
    where = f"{blob.name}:{row}"
    check_length(text, blob.name, options, row)
    whole = looked_over(text, file=blob.name, row=row, options=options, keep=keep)
    metadata = metadata_looked_over(metadata_of(record, where=where, dates=dates), where=where, options=options)
    try:
        return Article(whole.text, doc_id=doc_id, path=where, encoding=encoding, repaired=whole.repaired, **metadata)
    except ArticleError as error:
        raise ArticleError(error.reason, file=blob.name, row=row) from error


def dates_of(record: dict[str, Any]) -> Iterator[Any]:
    """The values of a record that could be its date."""
    for name, value in record.items():
        if fold(name) in FIELDS["published"]:
            yield value


def _decode(raw: bytes, blob: Blob, row: int, known: str | None = None) -> tuple[str, str]:
    """The text of a row and its encoding: UTF-8, or the one `known` from the file, or the likeliest for its bytes."""
    try:
        return encodings.decode(raw, file=blob.name, declared=known)
    except ArticleError as error:
        raise ArticleError(error.reason, file=blob.name, row=row) from error


def _kind(value: Any) -> str:
    """What kind of value a cell holds, in words."""
    names = {
        type(None): "nothing",
        dict: "an object",
        list: "a list",
        bool: "true or false",
        int: "a number",
        float: "a number",
        bytes: "bytes",
        str: "a string",
    }
    return names.get(type(value), f"a {type(value).__name__}")


# ---------------------------------------------------------------- lines


def bounded_lines(stream: BinaryIO, limit: int) -> Iterator[tuple[int, bytes | None]]:
    """Number and bytes of each line; None for a line longer than `limit` bytes, little of which is kept."""
    number = 0
    while line := stream.readline(limit + 1):
        number += 1
        if len(line) <= limit:
            yield number, line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(limit + 1)
        yield number, None


def read_json_lines(blob: Blob, options: ReadOptions) -> Items:
    """Articles from JSON lines: {"doc_id", "text", and any of FRONT_MATTER_KEYS}."""
    empty, guess = True, None  # the encoding of earlier lines that were not UTF-8
    names: dict[str, None] = {}  # of the fields
    dates = FileDates(partial(_line_dates, blob, options) if blob.again else None)
    with blob.open() as stream:
        start = stream.peek(4096)[:4096]
        encodings.check_is_text(start, file=blob.name)
        marked = encodings.marked_encoding(start) or encodings.unmarked_utf16(start)
        source = _Recoded(stream, marked) if marked in WIDE else stream
        for number, raw in bounded_lines(source, options.limits.line_bytes):
            if raw is not None and not raw.strip():
                continue
            empty = False
            try:
                record, encoding = _json_record(raw, blob, number, options, marked or guess)
                article = json_article(record, blob, number, options, encoding, dates=dates, keep=True)
                if len(names) < MANY_NAMES:
                    names |= dict.fromkeys(map(str, record))
            except ArticleError as error:
                yield error
                continue
            if article.encoding != "utf-8" and not (marked or guess):
                guess = article.encoding
                encodings.tell_of_guess(guess, file=blob.name)
            yield article
    tell_fields(names, options, file=blob.name)
    if empty:
        yield ArticleError('the file is empty; put one JSON object with "text" on each line', file=blob.name)


class _Recoded:
    """The lines of a stream in UTF-16 or UTF-32, as UTF-8."""

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        self._text = io.TextIOWrapper(stream, encoding, errors="replace", newline="\n")

    def readline(self, limit: int) -> bytes:
        return self._text.readline(limit).encode("utf-8", "replace")


def _json_record(
    raw: bytes | None, blob: Blob, number: int, options: ReadOptions, known: str | None
) -> tuple[Any, str]:
    """The object on a line, and the encoding of its article."""
    if raw is None:
        limit = options.limits.line_bytes // 1_000_000
        raise ArticleError(f"a line of more than {limit:,} MB; put one article on a line", file=blob.name, row=number)
    line, encoding = _decode(raw, blob, number, known)
    try:
        record = json.loads(line)
    except RecursionError as error:
        raise ArticleError(TOO_DEEP, file=blob.name, row=number) from error
    except json.JSONDecodeError as error:
        place = min(error.pos, len(line.rstrip())) + 1
        raise ArticleError(
            f"not a JSON object ({error.msg} at character {place} of the line); write one object per line",
            file=blob.name,
            row=number,
        ) from error
    except ValueError as error:  # the only remaining cause: a whole number that Python will not convert
        raise ArticleError(TOO_LONG_A_NUMBER, file=blob.name, row=number) from error
    if isinstance(record, list):
        raise ArticleError("a list; write each of its objects on a separate line", file=blob.name, row=number)
    return flat(record) if isinstance(record, dict) else record, known if known in WIDE else encoding


TOO_DEEP = "objects or lists are nested too deeply; write only the article's fields"
TOO_LONG_A_NUMBER = "a number with thousands of digits; write it as a string"
MANY_NAMES = 1_000  # the most fields, over all lines of a file
# Objects inside a record whose fields are the article's: from search engines, the Guardian's API, ninjs.
INNER = ("_source", "fields", "attributes", "article")


def flat(record: dict[str, Any]) -> dict[str, Any]:
    """A record with the fields of the objects that contain its article, and with paragraphs, such as those of Fundus,
    as text.

    >>> flat({"body": {"summary": ["A vote."], "sections": [{"headline": [], "paragraphs": ["It may be late."]}]}})
    {'body': 'A vote.\\nIt may be late.'}
    """
    for name in INNER:
        if isinstance(record.get(name), dict):
            record = record[name] | {key: value for key, value in record.items() if key != name}
    record = {key: _unwrapped(key, value) for key, value in record.items()}
    body = record.get("body")
    if isinstance(body, dict) and isinstance(body.get("sections"), list):
        parts = [body.get("summary")]
        for section in body["sections"]:
            parts += [section.get("headline"), section.get("paragraphs")] if isinstance(section, dict) else []
        lines = [line for part in parts if isinstance(part, list) for line in part if isinstance(line, str)]
        record = record | {"body": "\n".join(line for line in lines if line.strip())}
        page = record.pop("html", None)
        if isinstance(page, dict) and "url" not in record:
            record["url"] = page.get("responded_url") or page.get("requested_url")
    return record


def _unwrapped(key: object, value: Any) -> Any:
    """A text or title rendered by WordPress, or a list of paragraphs, as a string; other values unchanged."""
    if isinstance(value, dict) and isinstance(value.get("rendered"), str):
        return value["rendered"]
    if isinstance(value, list) and value and fold(key) == "paragraphs" and all(isinstance(line, str) for line in value):
        return "\n".join(value)
    return value


def _line_dates(blob: Blob, options: ReadOptions) -> Iterator[Any]:
    """The dates of a file of JSON lines."""
    with blob.open() as stream:
        for _, raw in bounded_lines(stream, options.limits.line_bytes):
            try:
                record = json.loads(raw or b"0")
            except (ValueError, RecursionError):
                continue
            yield from dates_of(flat(record)) if isinstance(record, dict) else ()


def json_article(
    record: Any,
    blob: Blob,
    number: int,
    options: ReadOptions,
    encoding: str = "utf-8",
    *,
    dates: FileDates | None = None,
    keep: bool = False,
) -> Article:
    """A JSON object as an article. Raises ArticleError for an object that is not an article."""
    names = {fold(options.text_column): options.text_column} if options.text_column else TEXTS
    ids = {fold(options.id_column): options.id_column} if options.id_column else IDS
    (_, text), (_, doc_id) = _field(record, names, str), _field(record, ids, object)
    if text is None:
        name = options.text_column or next(iter(names.values()))
        raise ArticleError(
            f'an object with "{name}" (a string) is needed, {_instead(record, name)}; add it, '
            "name another field with --text-column, or leave the line out",
            file=blob.name,
            row=number,
        )
    return article_of(record, text, doc_id, blob, number, options, encoding, dates=dates, keep=keep)


def tell_fields(names: Iterable[str], options: ReadOptions, *, file: str) -> None:
    """Warn, once per file, about fields of its objects that are not used."""
    text = options.text_column or next((name for name in TEXTS if name in map(fold, names)), None)
    if names and text:
        usual = (fold(text), fold(options.id_column), *IDS, *(name for name in TEXTS if name not in ABSTRACTS))
        used = [name for name in names if fold(name) in usual]
        tell_columns(names, text, *used, file=file)


def _instead(record: Any, name: str) -> str:
    """What is on a line that is not an article, in words."""
    if not isinstance(record, dict):
        return f"and this is {_kind(record)}"
    if name in record:
        return f"and it is {_kind(record[name])}"
    return f"and its fields are {', '.join(record)[:200] or 'none'}"


def _field(record: Any, names: Mapping[str, str], kind: type) -> tuple[str | None, Any]:
    """The likeliest field of this kind, and its value; None for both if there is none.

    `names` are the usual names, by their normalised forms.
    """
    if isinstance(record, dict):
        folded = {fold(name): name for name in reversed(record)}
        own = [name if name in record else folded.get(usual) for usual, name in names.items()]
        fields = [name for name in own if name is not None and isinstance(record[name], kind)]
        if fields:
            name = next((name for name in fields if record[name] != ""), fields[0])
            return name, record[name]
    return None, None


# ---------------------------------------------------------------- CSV


def read_csv(blob: Blob, options: ReadOptions) -> Items:
    """Articles from a CSV or TSV file with a line of column names; rows are counted from that line (row 1)."""
    with blob.open() as binary:
        sample = binary.read(CSV_SAMPLE)
    if not sample.strip():
        raise ArticleError("the file is empty; give a CSV file with column names", file=blob.name)
    encodings.check_is_text(sample, file=blob.name)
    encoding = sample_encoding(sample, blob)
    if encoding not in ("utf-8", "ascii") and not encodings.marked_encoding(sample):
        encodings.tell_of_guess(encoding, file=blob.name)
    with blob.open() as binary:
        # A byte that does not fit makes only its own row an error.
        errors = "replace" if encoding.startswith("utf-16") else "surrogateescape"
        text = io.TextIOWrapper(binary, "utf-8-sig" if encoding == "utf-8" else encoding, errors=errors, newline="")
        old = csv.field_size_limit(options.limits.article_chars * 2)
        try:
            yield from _csv_rows(text, sample, encoding, blob, options)
        finally:
            csv.field_size_limit(old)


def sample_encoding(sample: bytes, blob: Blob) -> str:
    """The encoding of a file with many rows, judged by its beginning."""
    complete = sample if len(sample) < CSV_SAMPLE else sample[: sample.rfind(b"\n") + 1] or sample
    try:
        return encodings.decode(complete, file=blob.name)[1]
    except ArticleError:  # some rows are UTF-8, some are not; the latter are reported one by one
        return encodings.marked_encoding(sample) or "utf-8"


def _csv_rows(stream: io.TextIOWrapper, sample: bytes, encoding: str, blob: Blob, options: ReadOptions) -> Items:
    lines = _Lines(stream, options.limits.line_bytes, blob)
    reader = csv.reader(lines, delimiter=_delimiter(sample.decode(encoding, "replace"), blob.suffix), strict=False)
    row, empty = 1, True
    names = next(reader, [])
    if names == ["sep=", ""]:  # a line in which Excel states the separator
        row, names = 2, next(reader, [])
    text_name, id_name = find_columns(names, options.text_column, options.id_column, file=blob.name)
    tell_columns(names, text_name, id_name, file=blob.name)
    dates = FileDates(partial(_csv_dates, blob, encoding, stream.errors, reader.dialect.delimiter, names))
    text_at, id_at = names.index(text_name), names.index(id_name) if id_name else None
    while True:
        row += 1
        try:
            cells = next(reader)
        except StopIteration:
            if empty:
                yield ArticleError("it has no rows, only column names", file=blob.name)
            return
        except csv.Error as error:
            # After a quotation mark that is never closed, nobody can tell where rows begin.
            yield ArticleError(
                f"{error}; a quotation mark may be left open; the rest of the file is not read", file=blob.name, row=row
            )
            return
        if lines.ended:  # a row ends before the next line is requested, unless it is in quotation marks
            yield ArticleError(
                "a quotation mark opened in this row is never closed, so everything after it is one cell; close it, "
                "or double it if it is part of the text",
                file=blob.name,
                row=row,
            )
            return
        if not cells:
            continue
        empty = False
        try:
            if len(cells) != len(names):
                raise ArticleError(
                    f"{len(cells)} cells where there are {len(names)} columns; put cells with commas, "
                    "quotation marks or new lines in quotation marks",
                    file=blob.name,
                    row=row,
                )
            record = dict(zip(names, cells, strict=True))
            doc_id = cells[id_at] if id_at is not None else None
            yield article_of(record, cells[text_at], doc_id, blob, row, options, encoding, dates=dates)
        except ArticleError as error:
            yield error


def _csv_dates(blob: Blob, encoding: str, errors: str, delimiter: str, names: list[str]) -> Iterator[str]:
    """The cells of a table that could be dates."""
    places = [k for k, name in enumerate(names) if fold(name) in FIELDS["published"]]
    with blob.open() as binary, io.TextIOWrapper(binary, encoding, errors=errors, newline="") as text:
        try:
            for cells in csv.reader(text, delimiter=delimiter):
                yield from (cells[k] for k in places if k < len(cells))
        except csv.Error:
            return


class _Lines:
    """The lines of a table, none longer than `limit`; `ended` is True once there are no more."""

    def __init__(self, stream: io.TextIOWrapper, limit: int, blob: Blob) -> None:
        self._stream, self._limit, self._blob, self.ended = stream, limit, blob, False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._stream.readline(self._limit + 1)
        if len(line) > self._limit:
            raise ArticleError(
                f"a line of more than {self._limit // 1_000_000:,} MB; the rest of the file is not read",
                file=self._blob.name,
            )
        if not line:
            self.ended = True
            raise StopIteration
        return line


def _delimiter(sample: str, suffix: str) -> str:
    """The separator between cells: the most frequent candidate in the line of column names."""
    if suffix == ".tsv":
        return "\t"
    head = sample.lstrip("\ufeff").split("\n", 1)[0]
    return max(",;\t|", key=head.count)


# ---------------------------------------------------------------- Parquet

PARQUET_ROWS = 16  # rows in memory at a time


def read_parquet(blob: Blob, options: ReadOptions) -> Items:
    """Articles from the rows of a Parquet file, counted from 1; only the necessary columns are read."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(blob.local or _in_memory(blob, options), pre_buffer=False, buffer_size=1 << 20)
        names = file.schema_arrow.names
        text_name, id_name = find_columns(names, options.text_column, options.id_column, file=blob.name)
        tell_columns(names, text_name, id_name, file=blob.name)
        known = {name for name in names if fold(name) in KNOWN}
        dates = FileDates(partial(_parquet_dates, file, known))
        wanted = [name for name in names if name in {text_name, id_name, *known}]
        _check_packing(file, wanted, blob, options)
        row, decoded = 0, 0
        for batch in file.iter_batches(batch_size=PARQUET_ROWS, columns=wanted, use_threads=False):
            decoded += batch.nbytes
            _check_decoded(decoded, blob, options)
            for record in _records(batch):
                row += 1
                try:
                    yield _parquet_article(record, text_name, id_name, blob, row, options, dates)
                except ArticleError as error:
                    yield error
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:  # the last for names of columns
        if isinstance(error, FileNotFoundError | PermissionError):
            raise
        reason = " ".join(str(error).split())[:200]
        raise ArticleError(f"cannot be read as Parquet: {reason}; save the file again", file=blob.name) from error
    if not row:
        raise ArticleError("there are no rows in it", file=blob.name)


def _records(batch: Any) -> list[dict[str, Any]]:
    """The rows of a batch; strings that are not UTF-8 appear as bytes."""
    import pyarrow as pa

    try:
        return batch.to_pylist()
    except UnicodeDecodeError:
        columns = [c.cast(pa.binary()) if pa.types.is_string(c.type) else c for c in batch.columns]
        rows = pa.RecordBatch.from_arrays(columns, names=batch.schema.names).to_pylist()
        return [{name: _as_string(value) for name, value in row.items()} for row in rows]


def _as_string(value: Any) -> Any:
    try:
        return value.decode() if isinstance(value, bytes) else value
    except UnicodeDecodeError:
        return value


def _check_packing(file: Any, wanted: list[str], blob: Blob, options: ReadOptions) -> None:
    """Raises ArticleError if a column unpacks to far more than text does: its rows would fill the memory."""
    limits, metadata = options.limits, file.metadata
    for k in range(metadata.num_row_groups):
        group = metadata.row_group(k)
        for column in map(group.column, range(group.num_columns)):
            size, packed = column.total_uncompressed_size, max(1, column.total_compressed_size)
            if (
                column.path_in_schema.split(".")[0] in wanted
                and size > limits.ratio_from
                and size > limits.archive_ratio * packed
            ):
                raise ArticleError(
                    f"column {column.path_in_schema!r} unpacks to {size // packed:,} times its size, "
                    "which text never does; not opened: if you trust it, write it without compression",
                    file=blob.name,
                )


def _check_decoded(decoded: int, blob: Blob, options: ReadOptions) -> None:
    """Raises ArticleError if the rows so far add up to more than a file may contain: with a dictionary, a few bytes can
    represent any text any number of times, and no size stated in the file includes that.
    """
    limits = options.limits
    size = blob.size or limits.whole_bytes
    if decoded > limits.ratio_from and decoded > limits.archive_ratio * size:
        raise ArticleError(
            f"its rows come to {decoded // max(1, size):,} times its size, which text never does; the rest is not "
            f"read: if you trust it, write it without a dictionary",
            file=blob.name,
        )


def _in_memory(blob: Blob, options: ReadOptions) -> io.BytesIO:
    from analysis.inputs.pages import read_whole

    return io.BytesIO(read_whole(blob, options.limits.whole_bytes))


def _parquet_article(
    record: dict[str, Any],
    text_name: str,
    id_name: str | None,
    blob: Blob,
    row: int,
    options: ReadOptions,
    dates: FileDates,
) -> Article:
    text, encoding = record.pop(text_name), "utf-8"
    if isinstance(text, bytes):  # as written when strings had no type of their own
        text, encoding = _decode(text, blob, row)
    if not isinstance(text, str):
        raise ArticleError(
            f"column {text_name!r} holds {_kind(text)} here, not text; leave the row out, or name "
            "another column with --text-column",
            file=blob.name,
            row=row,
        )
    doc_id = record.pop(id_name, None) if id_name else None
    plain = {name: value.isoformat() if isinstance(value, datetime.date) else value for name, value in record.items()}
    return article_of(plain, text, doc_id, blob, row, options, encoding, dates=dates)


def _parquet_dates(file: Any, known: set[str]) -> Iterator[Any]:
    columns = [name for name in known if fold(name) in FIELDS["published"]]
    for batch in file.iter_batches(columns=columns, use_threads=False):
        for record in _records(batch):
            yield from record.values()
