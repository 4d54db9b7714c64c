"""What Python's zip reader raises for a damaged file; it has no common error for all cases."""

from __future__ import annotations

import lzma
import zipfile
import zlib

# While members are read (a RuntimeError is a wrong password) ...
BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, RuntimeError)
UNOPENED = (*BROKEN, ValueError, OSError)  # ... and while the directory is
