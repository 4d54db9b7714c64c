"""What people mark by hand: keys, marks, and how they compare with one another and with the rules."""

from analysis.annotation.corrections import (
    Correction,
    annotate_corrected,
    apply_corrections,
    corrections_of,
    corrections_path,
    each_corrected,
    load_corrections,
    save_corrections,
)
from analysis.annotation.keys import GoldKeyError, key_contacts, key_to_document
from analysis.annotation.marks import (
    LABELS_OF,
    LAYERS,
    Mark,
    MarkError,
    key_to_marks,
    marks_of,
    marks_of_text,
    read_marks,
    read_marks_csv,
    write_marks_csv,
)
from analysis.annotation.notation import NotationError, read_marked, strip_marks, write_marked

__all__ = [
    "LABELS_OF",
    "LAYERS",
    "Correction",
    "GoldKeyError",
    "Mark",
    "MarkError",
    "NotationError",
    "annotate_corrected",
    "apply_corrections",
    "corrections_of",
    "corrections_path",
    "each_corrected",
    "key_contacts",
    "key_to_document",
    "key_to_marks",
    "load_corrections",
    "marks_of",
    "marks_of_text",
    "read_marked",
    "read_marks",
    "read_marks_csv",
    "save_corrections",
    "strip_marks",
    "write_marked",
    "write_marks_csv",
]
