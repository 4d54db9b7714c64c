"""Single files packed by gzip (.gz): their content is read as a stream and never written to the disk."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import PurePosixPath
from typing import BinaryIO

from analysis.inputs.options import Blob, Limits, ReadOptions
from analysis.text.article import ArticleError

GZ = ".gz"
BROKEN = (gzip.BadGzipFile, zlib.error, EOFError)


def unpacked(blob: Blob, options: ReadOptions) -> Blob:
    """The content of a packed file, ready to read. Its kind is the ending before .gz."""
    inner = PurePosixPath(PurePosixPath(blob.name).name.removesuffix(GZ)).suffix.lower()
    return replace(
        blob,
        suffix=inner,
        size=0,
        open=partial(_open, blob, options.limits),
        local=None,
    )


def _open(blob: Blob, limits: Limits) -> BinaryIO:
    stream = blob.open()
    return io.BufferedReader(_Bounded(gzip.GzipFile(fileobj=stream), stream.close, blob, limits))


class _Bounded(io.RawIOBase):
    """An unpacked stream that ends in an error if it grows to far more than text does."""

    def __init__(self, inner: gzip.GzipFile, close: Callable[[], None], blob: Blob, limits: Limits) -> None:
        self._inner, self._close, self._blob, self._limits, self._read = inner, close, blob, limits, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:
        try:
            data = self._inner.read1(len(buffer))
        except BROKEN as error:
            raise ArticleError(
                f"damaged, or not compressed with gzip ({error}); get it again", file=self._blob.name
            ) from error
        buffer[: len(data)] = data
        self._read += len(data)
        limits, packed = self._limits, max(1, self._blob.size)
        if self._read > limits.ratio_from and self._read > limits.archive_ratio * packed:
            raise ArticleError(
                f"it unpacks to more than {limits.archive_ratio} times its size, which text never does; the rest is "
                "not read: if you trust it, save its text as .txt",
                file=self._blob.name,
            )
        if self._read > limits.archive_bytes:
            most = limits.archive_bytes // 1_000_000
            raise ArticleError(f"it unpacks to more than {most:,} MB; split it", file=self._blob.name)
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._inner.close()
            self._close()
        super().close()
