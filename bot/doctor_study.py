"""What `python -m bot doctor` says of study.toml beside the questionnaires in use: a name there that no questionnaire has counts nothing.

The bot and the analyst take such a name without a word, because a question may come with a later version; who misspelt one
finds it here.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from bot.doctor_line import Line
from bot.survey.questionnaire import Questionnaire

A_SUCCESS = "berhasil"  # evidence of a result; a finding without a question of its own
MOST_NAMED = 5


def study_line(settings: Mapping[str, Any], forms: Sequence[Questionnaire]) -> Line:
    if not forms:
        return Line("study", "not compared: no bot has run on the database yet")
    try:
        unknown = [*_unknown(settings, forms)]
    except (TypeError, KeyError) as wrong:  # a part that only the analyst reads
        remedy = "Write that part as the delivered config/study.toml has it."
        return Line("study", f"a part of it is of the wrong kind or lacks a key: {wrong}", remedy)
    if not unknown:
        return Line("study", f"every name in it is in one of {len(forms)} questionnaires")
    more = f" and {len(unknown) - MOST_NAMED} more" if len(unknown) > MOST_NAMED else ""
    remedy = "Correct the name in study.toml, or take it out; what it names is not counted."
    return Line("study", f"no questionnaire has {', '.join(unknown[:MOST_NAMED])}{more}", remedy)


def _unknown(settings: Mapping[str, Any], forms: Sequence[Questionnaire]) -> Iterator[str]:
    """Each as "key: name"."""
    known = _Known(forms)
    for name, entries in _table("indicators", settings.get("indicators", {})).items():
        listed = _list(f"indicators.{name}", entries)
        yield from (f"indicators.{name}: {entry}" for entry in listed if not known.counts(entry))
    quoted = _list("disclosure.quoted", settings["disclosure"].get("quoted", []))
    yield from (f"disclosure.quoted: {entry}" for entry in quoted if not known.counts(entry))
    willing = settings["scm"]["willing"]
    if not known.counts(willing):
        yield f"scm.willing: {willing}"
    for kind, plan in settings["rounds"].items():
        if plan["questionnaire"] not in known.forms:
            yield f"rounds.{kind}: {plan['questionnaire']}"
    for rule in _table("report", settings.get("report", {})).get("recommendations", []):
        found = _list("report.recommendations.findings", rule["findings"])
        yield from (f"report.recommendations: {one}" for one in found if one not in known.findings)


def _table(key: str, value: object) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise TypeError(f"{key} is no table")
    return cast("Mapping[str, Any]", value)


def _list(key: str, value: object) -> list[str]:
    """A text alone would be a list of its letters."""
    if not isinstance(value, list):
        raise TypeError(f"{key} is no list")
    return [str(each) for each in cast("list[object]", value)]


class _Known:
    def __init__(self, forms: Sequence[Questionnaire]) -> None:
        items = [item for form in forms for item in form.items]
        codes = {(item.name, code) for item in items for code in item.codes}
        self.forms = frozenset(form.name for form in forms)
        self.findings = frozenset(
            {A_SUCCESS} | {code for _, code in codes} | {item.dimension for item in items}
        )
        self._names = frozenset({item.name for item in items} | {f"{a}={b}" for a, b in codes})

    def counts(self, entry: str) -> bool:
        """An item, or item=code."""
        return entry in self._names
