"""Read the news closely: sourcing, hedging and entity frequency, every mark tied to the text.

>>> import analysis
>>> document = analysis.annotate("The vote may be delayed, the ministry said.")
>>> document.attributions[0].stance
'neutral'
"""

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

# Public name -> the module that has it. Loaded when first used, so that `import analysis` stays fast and
# brings in neither pandas nor matplotlib.
_PUBLIC = {
    "Article": "article", "ArticleError": "article", "ArticleWarning": "article",
    "load_articles": "article", "read_article": "article",
    "Document": "document", "Span": "document",
    "segment": "segmentation",
    "make_tables": "tables",
    "read": "reading", "reading_html": "reading", "reading_page": "reading", "rule_gloss": "reading",
    "compare": "comparison", "sentence_matrix": "matrix",
    "readability_table": "readability",
    "figure_facts": "figures", "save_figure": "figures", "show": "figures",
    "write_report": "report",
    "annotate": "pipeline", "annotate_all": "pipeline", "to_record": "pipeline",
    "annotate_corpus": "corpus", "Limits": "inputs", "ReadOptions": "inputs",
    "compare_annotations": "annotation.compare", "agreement": "annotation.compare",
    "read_marked": "annotation", "read_marks_csv": "annotation", "key_to_marks": "annotation",
    "apply_corrections": "annotation", "load_corrections": "annotation", "save_corrections": "annotation",
}

__all__ = ["__version__", *_PUBLIC]


def __getattr__(name: str) -> Any:
    if name in _PUBLIC:
        return getattr(import_module(f"analysis.{_PUBLIC[name]}"), name)
    raise AttributeError(f"module 'analysis' has no attribute {name!r}; it has {', '.join(__all__)}")


def __dir__() -> list[str]:
    return sorted(__all__)
