"""Mails (.eml), mailboxes (.mbox) and pages saved as one file (.mhtml), by the standard library's parser of mail.

Attachments are named and never opened; pictures and links stay where they are.
"""

from __future__ import annotations

import hashlib
import io
import warnings
from collections.abc import Iterator
from dataclasses import replace
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from typing import Any, BinaryIO

from analysis.inputs import encodings
from analysis.inputs.dates import FileDates
from analysis.inputs.markup import plain_text, without_sent
from analysis.inputs.options import Blob, Items, ReadOptions
from analysis.inputs.pages import read_html, read_whole
from analysis.inputs.rows import article_of
from analysis.text.article import Article, ArticleError, ArticleWarning, one_line

SHORT = 200  # with fewer characters, the plain text of a mail may only say that the mail is HTML
SHOWN = 5  # the most attachments that a warning names


def read_mail(blob: Blob, options: ReadOptions) -> Iterator[Article]:
    """The text of a mail; its subject is the title, its sender the author, or the outlet if it came from a mailing
    list.
    """
    raw = read_whole(blob, options.limits.file_bytes)
    article = _mail_article(_parsed(raw, blob), blob, None, options, FileDates())
    yield replace(article, file_sha256=hashlib.sha256(raw).hexdigest())


def read_mailbox(blob: Blob, options: ReadOptions) -> Items:
    """The mails of a mailbox, in order, one in memory at a time; `row` in messages is the place, from 1."""
    number = 0
    with blob.open() as stream:
        for number, raw in enumerate(_messages(stream, options.limits.xml_bytes), 1):
            try:
                if raw is None:
                    most = options.limits.xml_bytes // 1_000_000
                    raise ArticleError(f"an e-mail of more than {most:,} MB; not read", file=blob.name, row=number)
                yield _mail_article(_parsed(raw, blob, number), blob, number, options, FileDates())
            except ArticleError as error:
                yield error
    if not number:
        raise ArticleError("no e-mail in it; each must begin with a line “From ”", file=blob.name)


def _messages(stream: BinaryIO, limit: int) -> Iterator[bytes | None]:
    """The bytes of each mail of a mailbox; None for one of more than `limit`."""
    lines: list[bytes] = []
    size, started, blank = 0, False, True
    while line := stream.readline(limit + 1):
        if blank and line.startswith(b"From "):
            if started:
                yield b"".join(lines) if size <= limit else None
            lines, size, started = [], 0, True
        elif started:
            size += len(line)
            if size <= limit:
                lines.append(line[1:] if line.lstrip(b">").startswith(b"From ") and line[:1] == b">" else line)
            else:
                lines.clear()
        blank = not line.strip()
    if started:
        yield b"".join(lines) if size <= limit else None


def _parsed(raw: bytes, blob: Blob, row: int | None = None) -> EmailMessage:
    try:
        return BytesParser(policy=policy.default).parsebytes(raw)  # type: ignore[return-value]
    except (RecursionError, ValueError, LookupError, IndexError, TypeError, AttributeError) as error:
        raise _unreadable(error, blob, row) from error


def _unreadable(error: Exception, blob: Blob, row: int | None) -> ArticleError:
    reason = " ".join(str(error).split())[:200] or type(error).__name__
    return ArticleError(
        f"cannot be read as an e-mail ({reason}); open it in its program and save its text as .txt",
        file=blob.name,
        row=row,
    )


def _mail_article(mail: EmailMessage, blob: Blob, row: int | None, options: ReadOptions, dates: FileDates) -> Article:
    try:
        text, others = _text_and_others(mail, blob)
        record = _headers(mail)
    except ArticleError:
        raise
    except Exception as error:  # malformed mails fail in many ways, deep in the library
        raise _unreadable(error, blob, row) from error
    where = blob.name if row is None else f"{blob.name}:{row}"
    if others:
        more = f" and {len(others) - SHOWN} more" if len(others) > SHOWN else ""
        names = ", ".join(others[:SHOWN])
        warnings.warn(f"{where}: unread attachments: {names}{more}", ArticleWarning, stacklevel=2)
    if not text.strip():
        raise ArticleError("no text in this e-mail; save the article separately", file=blob.name, row=row)
    doc_id = blob.doc_id if row is None else None
    article = article_of(record, text, doc_id, blob, row or 1, options, dates=dates)
    return article if row is not None else replace(article, path=blob.name)


def _headers(mail: EmailMessage) -> dict[str, str]:
    senders = getattr(mail["from"], "addresses", ())
    sender = ", ".join(filter(None, (address.display_name or address.addr_spec for address in senders)))
    listed = mail["list-id"] is not None or mail["list-unsubscribe"] is not None
    return {
        "title": str(mail["subject"] or ""),
        "outlet" if listed else "byline": sender,
        "published": str(mail["date"] or ""),
        "url": _address(str(mail["content-location"] or mail["snapshot-content-location"] or "")),
    }


def _address(value: str) -> str:
    return value.strip() if value.strip().lower().startswith(("http://", "https://")) else ""


def _text_and_others(mail: EmailMessage, blob: Blob) -> tuple[str, list[str]]:
    """The text of a mail, and the names of its attachments."""
    plain, page, others = [], [], []
    stack: list[Any] = [mail]
    while stack:  # no recursion: parts can be nested to any depth
        part = stack.pop()
        kind, attached = part.get_content_type(), part.get_content_disposition() == "attachment"
        if part.is_multipart() and kind != "message/rfc822":
            stack += reversed(part.get_payload())
        elif kind == "text/plain" and not attached and not (plain and part.get_filename()):
            plain.append(_flowed(part, _decoded(part, blob)))
        elif kind == "text/html" and not attached:
            page.append(without_sent(plain_text(_decoded(part, blob))))
        elif not (part.get("content-id") or kind.startswith("image/")) or attached:
            others.append(one_line(str(part.get_filename() or kind))[:80])
    written, shown = "\n".join(filter(None, map(str.strip, plain))), "\n".join(filter(None, page))
    if shown and (not written or (len(written) < SHORT and len(shown) > 2 * len(written))):
        return shown, others
    return written, others


def _decoded(part: Any, blob: Blob) -> str:
    """The text of a part, in the encoding that it names, or otherwise the likeliest."""
    raw = part.get_payload(decode=True) or b""
    charset = part.get_content_charset()
    if charset and charset not in ("us-ascii", "utf-8"):
        try:
            return raw.decode(charset).replace("\r\n", "\n").replace("\0", "")
        except (LookupError, UnicodeError):
            pass
    return encodings.decode(raw, file=blob.name)[0].replace("\r\n", "\n").replace("\0", "") if raw else ""


def _flowed(part: Any, text: str) -> str:
    """The text, with lines joined that the mail program broke (RFC 3676)."""
    if part.get_param("format") != "flowed":
        return text
    joiner = "" if str(part.get_param("delsp")).lower() == "yes" else " "
    out: list[str] = []
    open_line = False
    for line in text.split("\n"):
        line = line[1:] if line.startswith(" ") else line
        soft = line.endswith(" ") and line != "-- "
        bare = line.rstrip(" ") if soft else line
        if open_line:
            out[-1] += joiner + bare
        else:
            out.append(bare)
        open_line = soft
    return "\n".join(out)


# ---------------------------------------------------------------- pages saved as one file


def read_mhtml(blob: Blob, options: ReadOptions) -> Iterator[Article]:
    """The page in a file that a browser saved with its pictures, read like other pages."""
    raw = read_whole(blob, options.limits.file_bytes)
    mail = _parsed(raw, blob)
    try:
        part = next((p for p in mail.walk() if p.get_content_type() in ("text/html", "application/xhtml+xml")), None)
        page = _decoded(part, blob) if part is not None else ""
        addresses = [part and part["content-location"], mail["snapshot-content-location"], mail["content-location"]]
    except ArticleError:
        raise
    except Exception as error:
        raise _unreadable(error, blob, None) from error
    if not page.strip():
        raise ArticleError("no page in this file; save it as .html", file=blob.name)
    content = page.encode("utf-8", "replace")
    own = replace(blob, suffix=".html", size=len(content), open=lambda: io.BytesIO(content), local=None)
    url = next(filter(None, (_address(str(address)) for address in addresses if address)), None)
    for article in read_html(own, options):
        digest = hashlib.sha256(raw).hexdigest()
        yield replace(article, url=article.url or url, file_sha256=digest)
