"""Names that SPSS refuses, so that the data file can be made without renaming. Pure.

After IBM SPSS Statistics, "Variable names": at most 64 bytes; begins with a letter, @, # or $ (of these we allow the
letter: # is a scratch variable, $ a system one); no period at the end; a trailing underscore "should be avoided";
reserved words cannot be used; upper and lower case are the same.
"""

import re
from collections.abc import Iterator
from typing import Final

from bot.survey.findings import Finding
from bot.survey.questionnaire import Item
from bot.survey.xlsform import Form

LONGEST_NAME: Final = 64  # bytes
RESERVED: Final = frozenset({
    "all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with",
})  # fmt: skip

_NOT_ALLOWED: Final = re.compile(r"[^\w.@#$]")
_INSTANCE: Final = re.compile(r"\[\d+\]$")  # the second answer of a repeat is written name_2


def name_findings(form: Form) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for item in form.questionnaire.items:
        if item.kind == "note":  # no variable
            continue
        row = form.sheets.item(item.name)
        for key, words in _refused(item):
            yield Finding(key, "survey", row, {"butir": item.name, **words})
        twin = first.setdefault(item.name.casefold(), item.name)
        if twin != item.name:
            yield Finding("cek_spss_kembar", "survey", row, {"butir": item.name, "lain": twin})


def _refused(item: Item) -> Iterator[tuple[str, dict[str, str]]]:
    name = _INSTANCE.sub(lambda found: "_" + found[0].strip("[]"), item.name)
    size = len(name.encode())
    if size > LONGEST_NAME:
        yield "cek_spss_panjang", {"panjang": str(size)}
    if name.casefold() in RESERVED:
        yield "cek_spss_kata", {}
    if not name[:1].isalpha():
        yield "cek_spss_awal", {}
    if wrong := _NOT_ALLOWED.search(name):
        yield "cek_spss_huruf", {"huruf": wrong[0]}
    if name.endswith("."):
        yield "cek_spss_akhir", {}
    if name.endswith("_"):
        yield "cek_spss_garis", {}
