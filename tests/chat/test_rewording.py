"""What the reader of forms says, in Indonesian."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.chat.rewording import reworded
from tests.sentences import TEXTS

ROOT = Path(__file__).parents[2]
READER = ("form_", "sheets", "workbook", "xlsform", "xpath", "patterns")


@pytest.mark.parametrize(
    ("english", "indonesian"),
    [
        ("The file is empty", "Berkasnya kosong"),
        ('The name "a01" stands twice', 'Nama "a01" ada dua kali'),
        ("a01: the label in en is missing", "a01: label dalam bahasa en belum ada"),
        (
            "a01: relevant refers to ${a02}, which is not answered yet",
            "a01: relevant merujuk ${a02}, yang belum dijawab pada saat itu",
        ),
        (
            "There is no function foo(). Did you mean floor()?",
            "Fungsi foo() tidak ada. Mungkin maksudnya floor()?",
        ),
        ("Write a pipe inside a text as \\|", "Tulis garis tegak di dalam teks sebagai \\|"),
        ("What nobody foresaw: {braces}", "What nobody foresaw: {braces}"),
    ],
)
def test_a_sentence_is_said_in_indonesian_with_what_it_names(english: str, indonesian: str):
    assert TEXTS.reworded(english, "id") == indonesian
    assert TEXTS.reworded(english, "en") == english


def test_a_sentence_without_a_template_stays_beside_those_that_have_one():
    assert (
        reworded({"It is so.": "Begitulah."}, "It is so. Nobody knows.")
        == "Begitulah. Nobody knows"
    )


def test_nearly_all_that_the_reader_says_can_be_said_in_indonesian():
    """A new sentence may be said in English for a while; here it is named."""
    said = [sentence for path in reader_files() for sentence in sentences_of(path)]
    lacking = [one for one in said if TEXTS.reworded(one.rstrip(". "), "id") == one.rstrip(". ")]
    assert len(said) > 150
    assert len(lacking) < len(said) / 10, lacking


def reader_files() -> list[Path]:
    return [path for path in (ROOT / "bot" / "survey").glob("*.py") if path.name.startswith(READER)]


def sentences_of(path: Path) -> Iterator[str]:
    """Literals that begin like a sentence and end like one, with an x for whatever is filled in."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = {
        ast.get_docstring(node, clean=False)
        for node in ast.walk(tree)
        if hasattr(node, "body") and isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
    }
    parts = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for part in node.values
    }
    for node in ast.walk(tree):
        text = _written(node) if id(node) not in parts else ""
        if text not in told and re.fullmatch(r"[A-Zx].* .*[.?]", text):
            yield text


def _written(node: ast.AST) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(_written(part) or "x" for part in node.values)
    return ""
