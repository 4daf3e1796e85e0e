"""What no answer can bring about: items never asked, constraints never met, filters that leave nothing. Pure.

Random walks find quickly what is reached. Only what they never came past is looked at closely (solving.py): proved
impossible is an error, not proved is a warning that says in how many walks it did not happen.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from bot.survey.findings import Finding
from bot.survey.flow import holds, offered
from bot.survey.questionnaire import SILENT, Item, Questionnaire
from bot.survey.solving import Answers, Verdict, verdict
from bot.survey.walking import Seen, choices_of, dice, note, walked
from bot.survey.xlsform import Form

WALKS: Final = 2_000
_SEED: Final = 1
_LONGEST: Final = 120  # characters of an expression in a sentence


def path_findings(form: Form, now: datetime) -> Iterator[Finding]:
    seen = _seen(form.questionnaire, now)
    for item in form.questionnaire.items:
        if item.kind in SILENT:
            continue
        found = _item_finding(form.questionnaire, item, seen, now)
        row = form.sheets.item(item.name)
        for key, words in found or _option_findings(form.questionnaire, item, seen, now):
            yield Finding(key, "survey", row, {"butir": item.name, **words})


def _seen(questionnaire: Questionnaire, now: datetime) -> Seen:
    seen, choices, thrown = Seen(), choices_of(questionnaire), dice(_SEED)
    for _ in range(WALKS):
        note(seen, walked(questionnaire, choices, thrown, now))
    return seen


def _item_finding(
    questionnaire: Questionnaire, item: Item, seen: Seen, now: datetime
) -> list[tuple[str, dict[str, str]]]:
    if item.name not in seen.shown:
        return _unreached(questionnaire, item, seen, now)
    if item.constraint and item.name not in seen.answered:
        sources = (item.relevant, item.constraint, item.choice_filter)
        if _judged(questionnaire, item, sources, now, itself=True) == "impossible":
            return [("cek_batasan_mustahil", {"batasan": _short(item.constraint)})]
    return []


def _unreached(
    questionnaire: Questionnaire, item: Item, seen: Seen, now: datetime
) -> list[tuple[str, dict[str, str]]]:
    asked = _judged(questionnaire, item, (item.relevant,), now)
    if asked == "impossible":
        return [("cek_tak_tercapai", {"syarat": _short(item.relevant)})]
    if item.choice_filter:
        sources = (item.relevant, item.choice_filter)
        if _judged(questionnaire, item, sources, now) == "impossible":
            return [("cek_saringan_mustahil", {"saringan": _short(item.choice_filter)})]
    if asked == "possible" and not item.choice_filter:
        return []
    return [("cek_belum_tercapai", {"kali": str(seen.walks)})]


def _judged(
    questionnaire: Questionnaire,
    item: Item,
    sources: tuple[str, ...],
    now: datetime,
    *,
    itself: bool = False,
) -> Verdict:
    def reached(answers: Answers) -> bool:
        if itself:
            return bool(answers[item.name])
        if not holds(item.relevant, answers, now):
            return False
        return item.choice_filter not in sources or bool(offered(item, answers, now))

    written = tuple(source for source in sources if source)
    return verdict(questionnaire, item, written, reached, now, itself=itself)


def _option_findings(
    questionnaire: Questionnaire, item: Item, seen: Seen, now: datetime
) -> Iterator[tuple[str, dict[str, str]]]:
    """Options that no answer lets through the choice_filter; said only when it is proved."""
    if not item.choice_filter or item.name not in seen.shown:
        return
    for option in item.options:
        if option.code in seen.offered.get(item.name, ()):
            continue

        def reached(answers: Answers, code: str = option.code) -> bool:
            codes = {left.code for left in offered(item, answers, now)}
            return holds(item.relevant, answers, now) and code in codes

        sources = tuple(source for source in (item.relevant, item.choice_filter) if source)
        if verdict(questionnaire, item, sources, reached, now) == "impossible":
            yield "cek_pilihan_tak_tampil", {"kode": option.code}


def _short(source: str) -> str:
    return source if len(source) <= _LONGEST else source[: _LONGEST - 1] + "…"
