"""Warnings about the language of a text when it is read: the rules are for English and mark nothing else."""

from __future__ import annotations

import warnings

from analysis.inputs.options import ReadOptions
from analysis.text.article import Article, ArticleWarning
from analysis.text.language import language_of, name_of, not_english


def tell_of_language(article: Article, options: ReadOptions) -> None:
    """Warn about a text, or paragraphs in it, that is not in English, unless the reader asked for any language."""
    if options.any_language:
        return
    language = language_of(article.text, declared=article.language)
    said = not_english(article.text, language)
    where = article.path or article.doc_id
    if said is not None:
        warnings.warn(f"{where}: {said}", ArticleWarning, stacklevel=3)
    elif language.declared is not None:
        warnings.warn(
            f"{where}: its file says {name_of(language.declared)}, but it looks like English; read as English",
            ArticleWarning,
            stacklevel=3,
        )
