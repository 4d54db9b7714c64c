"""Text stays text in notebooks: a value from an article becomes no formula, no markup and no request."""

import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest
from browser import needs_browser
from helpers import make_document
from hypothesis import given
from hypothesis import strategies as st

from analysis import compare_annotations, figures, make_tables, read
from analysis.annotation.compare import disagreements_html
from analysis.annotation.marks import Mark
from analysis.notebook import plain, say, table
from analysis.tables.kwic import concordance, keyword_in_context
from analysis.text.escaping import escape_html, escape_markdown, readable

ROOT = Path(__file__).parents[1]
PRICE = "The plan may cost $5 million, up from $4 million, said Ke$ha of A$AP \\(x\\) \\begin{matrix} 1."
PICTURES = (
    "![i](http://127.0.0.1:9/md.png) <img src=http://127.0.0.1:9/i.png> [a](http://127.0.0.1:9/) "
    "<http://127.0.0.1:9/b> http://127.0.0.1:9/c www.example.org <b>bold</b> &lt;i&gt; @@0@@"
)
MATH_OFF = 'class="tex2jax_ignore mathjax_ignore"'


class Elements(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.names, self.text = [], ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.names.append(tag)

    def handle_data(self, data):
        self.text += data


# What a reader of Markdown must find none of, once the escapes are taken away: what is left has no meaning to it.
ESCAPED = re.compile(r"<span>&#[0-9]+;</span>|&#[0-9]+;")
MEANING = re.compile(r"[<>&\[\]$\\@~*_`]|://|www\.|^\s*(?:[-+#=|]|\d+[.)])", re.I)


@given(st.text(alphabet="ab1 \n.:/#-+=|)(!<>&;[]$\\@~*_`w\u2028", max_size=30) | st.text(max_size=30))
def test_plain_text_has_no_meaning_in_markdown_and_is_not_changed(text):
    shown = escape_markdown(text)
    left = ESCAPED.sub("x", shown)
    assert not MEANING.search(left), left
    assert readable(shown) == " ".join(text.split())
    assert say(plain(text))._repr_markdown_() == shown  # nothing is escaped twice
    assert Elements(shown).text == " ".join(text.split())


@given(st.text(alphabet="ab1 .:/#-![]()<>&;$\\@~\"'=", max_size=30))
def test_what_say_is_given_can_be_no_picture_link_html_or_formula(text):
    left = ESCAPED.sub("x", say(text)._repr_markdown_())
    assert not re.search(r"[<\[$\\@]|://|www\.", left), left


def test_say_keeps_what_code_writes_into_it():
    shown = say("**Sourcing.** *Who* says `that`", "> " + plain("*No* $5."))
    assert shown._repr_markdown_() == ("**Sourcing.** *Who* says `that`\n\n> &#42;No&#42; <span>&#36;</span>5.")
    assert repr(shown) == "**Sourcing.** *Who* says `that`\n\n> *No* $5."


@given(st.text())
def test_html_is_escaped_back_to_the_text(text):
    assert unescape(escape_html(text)).replace("\r", "") == text.replace("\r", "")


def everything_shown(text):
    """A text in all that notebooks show: (media type, content)."""
    document = make_document(
        text,
        attributions=[{"source": text.split(".")[0], "cue": "said", "content": text}],
        markers=[{"words": text.split()[3], "category": "possibility"}],
        mentions=[(text, "ORG", "e1")],
        title=text,
    )
    t = make_tables(document)
    keyword = keyword_in_context(document)
    comparison = compare_annotations(document, [Mark(0, 3, "hedge", "possibility", "")], layers=["hedge"])
    yield "text/html", table(pd.DataFrame({"text": pd.Series([text], dtype="str")}), caption=text)._repr_html_()
    yield "text/html", t["sentences"][["text"]]._repr_html_()
    yield "text/html", read(document)._repr_html_()
    yield "text/html", concordance(keyword, caption=text)._repr_html_()
    yield "text/html", figures.figure_html(figures.plot_voices(t), text)
    yield "text/html", disagreements_html(comparison)
    yield "text/markdown", say("> " + plain(text), text)._repr_markdown_()


@pytest.mark.parametrize("text", [f"I think said {PRICE}", f"I think said {PICTURES}"], ids=["dollars", "pictures"])
def test_all_that_is_shown_says_that_it_has_no_formulas_and_holds_no_element_of_the_article(text):
    for media, shown in everything_shown(text):
        if media == "text/html":
            assert MATH_OFF in shown.replace('class="dataframe ', 'class="'), shown[:200]
            assert not {"b", "a", "i"} & set(Elements(shown).names)
            assert [n for n in Elements(shown).names if n == "img"] in ([], ["img"])  # the figure itself
        else:
            assert set(Elements(shown).names) <= {"span"}


def test_there_is_one_helper():
    """Nothing in the package escapes for HTML on its own; the pages of reports have Jinja for it."""
    for path in (ROOT / "analysis").rglob("*.py"):
        if path.name != "escaping.py":
            source = path.read_text("utf-8")
            assert "from html import escape" not in source, path
            assert "html.escape(" not in source, path


@needs_browser
def test_no_formula_and_no_request_in_jupyterlab(tmp_path):
    from lab import open_notebook

    shown = [
        [{media: content}] for text in (PRICE, PICTURES) for media, content in everything_shown("I think said " + text)
    ]
    script = """
      const outputs = [...document.querySelectorAll(".jp-OutputArea-output")];
      return outputs.map((o) => [o.querySelectorAll("mjx-container").length,
                                 [...o.querySelectorAll("a[href], img")].map((e) => e.href || e.src.slice(0, 5)),
                                 o.textContent]);
    """
    for trusted, (outputs, outside) in open_notebook(shown, tmp_path, script).items():
        assert outside == []
        assert len(outputs) == len(shown)
        for (formulas, elements, words), [output] in zip(outputs, shown, strict=True):
            assert formulas == 0, (trusted, output)
            assert elements in ([], ["data:"]), (trusted, output)
            assert ("$5 million, up from $4 million" in words) == ("up from" in str(output)), (trusted, output)
