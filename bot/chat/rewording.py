"""What the reader of forms says in English, in another language: sentence by sentence, after templates. Pure.

The reader (bot/survey/form_*.py, xpath*.py) writes its sentences where it finds the mistake; its tests and the terminal read
them as they are. config/texts/reader.LANGUAGE.po holds each as a template. What stands in none stays as it is: a
sentence in English with its row is better than none.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from string import Formatter
from typing import Final

Templates = Mapping[str, str]  # English -> the other language; the same {placeholders}

_PREFIX: Final = re.compile(r"([\w\[\]., ]{1,80}): (.+)", re.DOTALL)  # "a01: " names the item
_SENTENCES: Final = re.compile(r'(?<=[.?]) (?=[A-Z"])')


def reworded(templates: Templates, text: str) -> str:
    if not templates:
        return text
    if found := _whole(templates, text):
        return found
    if (prefix := _PREFIX.fullmatch(text)) and (rest := reworded(templates, prefix[2])) != prefix[
        2
    ]:
        return f"{prefix[1]}: {rest}"
    sentences = _SENTENCES.split(text)
    if len(sentences) == 1:
        return text
    return " ".join(_ended(_whole(templates, one) or one) for one in sentences).rstrip(".")


def _whole(templates: Templates, text: str) -> str:
    """Empty when no template fits."""
    plain = text.rstrip(". ")
    for english, other in templates.items():
        if found := _pattern(english).fullmatch(plain):
            return other.rstrip(".").format_map(found.groupdict())
    return ""


@lru_cache(maxsize=1024)
def _pattern(template: str) -> re.Pattern[str]:
    parts = []
    for literal, name, _, _ in Formatter().parse(template.rstrip(". ")):
        parts.append(re.escape(literal))
        if name:
            parts.append(f"(?P<{name}>.+?)")
    return re.compile("".join(parts), re.DOTALL)


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "?")) else f"{sentence}."
