"""Inputs: files, folders, zips, tables and standard input, read one article at a time.

Each kind of file has its reader; libraries that a reader needs are imported when the first such file is met. Whatever
is wrong with a file, row or member becomes an ArticleError in its place, and the rest is read.

    files       what to read: paths, folders in order, standard input
    formats     the kinds of file, with the reader of each
    choosing    which files of a folder or a zip are articles
    encodings   bytes to text, and how sure that is
    converters  the kinds that are not read, and how to convert them
    pages       one article in a file: text, HTML, Word, PDF
    open_documents, mail, news_xml: OpenDocument, mails and mailboxes, XML of agencies and feeds (xml_trees: safely)
    rows        many articles in a file: JSON lines, CSV, Parquet; workbooks: Excel; json_files: other JSON
    columns     the names of columns; dates: how dates are written; metadata: what becomes of them
    damage      what is wrong with a text, and its repair; markup: HTML as text
    archives    zips of all these, never unpacked to the disk; zips: what is checked first; packed: gzip
    options     column names, and the limits that keep hostile input from taking the machine
"""

from analysis.inputs.files import read_sources
from analysis.inputs.options import Limits, ReadOptions

__all__ = ["Limits", "ReadOptions", "read_sources"]
