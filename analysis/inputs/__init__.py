"""Inputs: files, folders, zips, tables and standard input, read one article at a time.

Each kind of file has its reader; the libraries that some need are imported when the first such file is met.
Whatever is wrong with one file, row or member comes out as an ArticleError in its place, and the rest is read.

    files       what to read: paths, folders in order, standard input
    formats     the kinds of file, with the reader of each
    choosing    which files of a folder or a zip are articles
    encodings   bytes to text, and how sure that is
    pages       one article in a file: text, HTML, Word, PDF
    rows        many articles in a file: JSON lines, CSV, Parquet
    archives    zips of all these, never unpacked to the disk; zips: what is checked first
    options     column names, and the limits that keep hostile input from taking the machine
"""

from analysis.inputs.files import read_sources
from analysis.inputs.options import Limits, ReadOptions

__all__ = ["Limits", "ReadOptions", "read_sources"]
