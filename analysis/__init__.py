"""Read the news closely: sourcing, hedging and entity frequency, with every mark tied to the text.

>>> import analysis
>>> document = analysis.annotate("The vote may be delayed, the ministry said.")
>>> document.attributions[0].stance
'neutral'
"""

from importlib import import_module
from typing import Any

__version__ = "0.2.0"

# Public name -> its module, which is loaded on first use, so that `import analysis` stays fast and brings in neither
# pandas nor matplotlib.
_PUBLIC = {
    "Article": "text.article",
    "ArticleError": "text.article",
    "ArticleWarning": "text.article",
    "load_articles": "inputs.loading",
    "read_article": "inputs.loading",
    "Document": "text.document",
    "Span": "text.document",
    "segment": "text.segmentation",
    "make_tables": "tables",
    "read": "reading",
    "explore": "exploring",
    "reading_html": "reading",
    "reading_page": "reading",
    "rule_gloss": "reading",
    "compare": "measures.comparison",
    "compare_versions": "comparing",
    "copied": "comparing",
    "sentence_matrix": "tables.sentence_matrix",
    "readability_table": "measures.readability",
    "figure_facts": "figures",
    "save_figure": "figures",
    "show": "figures",
    "write_report": "report",
    "annotate": "pipeline",
    "annotate_all": "pipeline",
    "to_record": "pipeline",
    "annotate_corpus": "corpora.corpus",
    "Limits": "inputs",
    "ReadOptions": "inputs",
    "compare_annotations": "annotation.compare",
    "agreement": "annotation.compare",
    "read_marked": "annotation",
    "read_marks": "annotation",
    "read_marks_csv": "annotation",
    "key_to_marks": "annotation",
    "apply_corrections": "annotation",
    "load_corrections": "annotation",
    "save_corrections": "annotation",
}

__all__ = ["__version__", *_PUBLIC]


def __getattr__(name: str) -> Any:
    if name in _PUBLIC:
        return getattr(import_module(f"analysis.{_PUBLIC[name]}"), name)
    raise AttributeError(f"module 'analysis' has no attribute {name!r}; it has {', '.join(__all__)}")


def __dir__() -> list[str]:
    return sorted(__all__)
