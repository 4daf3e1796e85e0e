"""Two versions of a questionnaire, item by item: may their answers be put into one column? Pure.

    same         word for word
    compatible   kind, scale and codes agree; wording, order, conditions differ. Results merge by item name
    different    kind, codes, scores, range or the meaning of a code differ. Results must not be merged
    new, gone    stands in one version only

A select_multiple may gain codes: each code is a yes or no of its own, not asked before. A select_one may not: what was
chosen before was chosen from another list. Where a code kept its name but took over the label of another code, the
scale was turned round.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from bot.survey.questionnaire import Item, Option, Questionnaire

Likeness = Literal["same", "compatible", "different", "new", "gone"]

_SHOWN: Final = frozenset({"note"})  # holds no answer


@dataclass(frozen=True, slots=True)
class Comparison:
    item: str
    likeness: Likeness
    reason: str = ""  # a key of findings.py when different
    arguments: Mapping[str, str] = field(default_factory=dict)


def compared(before: Questionnaire, after: Questionnaire) -> tuple[Comparison, ...]:
    """Every item that holds an answer in either version, in the order of the new one."""
    former = {item.name: item for item in before.items if item.kind not in _SHOWN}
    present = {item.name: item for item in after.items if item.kind not in _SHOWN}
    return (
        *(_compared(former.get(name), item) for name, item in present.items()),
        *(Comparison(name, "gone") for name in former if name not in present),
    )


def _compared(before: Item | None, after: Item) -> Comparison:
    if before is None:
        return Comparison(after.name, "new")
    for reason, arguments in _differences(before, after):
        return Comparison(after.name, "different", reason, arguments)
    return Comparison(after.name, "same" if before == after else "compatible")


def _differences(before: Item, after: Item) -> Iterator[tuple[str, dict[str, str]]]:
    if before.kind != after.kind:
        yield "cek_ubah_jenis", {"lama": before.kind, "baru": after.kind}
        return
    was, now = _range(before), _range(after)
    if was != now:
        yield "cek_ubah_rentang", {"lama": was, "baru": now}
    former = {option.code: option for option in before.options}
    present = {option.code: option for option in after.options}
    gone = [code for code in former if code not in present]
    added = [code for code in present if code not in former]
    if gone or (added and after.kind != "select_multiple"):
        words = {"hilang": ", ".join(gone) or "-", "tambah": ", ".join(added) or "-"}
        yield "cek_ubah_kode", words
    for code in (code for code in present if code in former):
        if (former[code].score, former[code].missing) != (
            present[code].score,
            present[code].missing,
        ):
            yield "cek_ubah_skor", {"kode": code}
    for code in _turned(former, present):
        yield "cek_ubah_arti", {"kode": code}


def _range(item: Item) -> str:
    return f"{item.start:g}-{item.stop:g} ({item.step:g})" if item.kind == "range" else ""


def _turned(former: Mapping[str, Option], present: Mapping[str, Option]) -> Iterator[str]:
    """Codes that now carry the words of another one."""
    for code in (code for code in present if code in former):
        for language, label in present[code].labels.items():
            others = (former[other].labels.get(language) for other in former if other != code)
            if label in others and label != former[code].labels.get(language):
                yield code
                break
