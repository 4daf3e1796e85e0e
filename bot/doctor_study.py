"""What `python -m bot doctor` says of study.toml beside the questionnaires in use: a name there that no questionnaire has counts nothing.

The bot and the analyst take such a name without a word, because a question may come with a later version; who misspelt one
finds it here.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.doctor_line import Line
from bot.survey.questionnaire import Questionnaire

A_SUCCESS = "berhasil"  # evidence of a result; a finding without a question of its own
MOST_NAMED = 5


def study_line(settings: Mapping[str, Any], forms: Sequence[Questionnaire]) -> Line:
    if not forms:
        return Line("study", "not compared: no bot has run on the database yet")
    unknown = [*_unknown(settings, forms)]
    if not unknown:
        return Line("study", f"every name in it is in one of {len(forms)} questionnaires")
    more = f" and {len(unknown) - MOST_NAMED} more" if len(unknown) > MOST_NAMED else ""
    remedy = "Correct the name in study.toml, or take it out; what it names is not counted."
    return Line("study", f"no questionnaire has {', '.join(unknown[:MOST_NAMED])}{more}", remedy)


def _unknown(settings: Mapping[str, Any], forms: Sequence[Questionnaire]) -> Iterator[str]:
    """Each as "key: name"."""
    known = _Known(forms)
    for name, entries in settings.get("indicators", {}).items():
        yield from (f"indicators.{name}: {entry}" for entry in entries if not known.counts(entry))
    quoted = settings["disclosure"].get("quoted", [])
    yield from (f"disclosure.quoted: {entry}" for entry in quoted if not known.counts(entry))
    willing = settings["scm"]["willing"]
    if not known.counts(willing):
        yield f"scm.willing: {willing}"
    for kind, plan in settings["rounds"].items():
        if plan["questionnaire"] not in known.forms:
            yield f"rounds.{kind}: {plan['questionnaire']}"
    for rule in settings.get("report", {}).get("recommendations", []):
        found = (one for one in rule["findings"] if one not in known.findings)
        yield from (f"report.recommendations: {one}" for one in found)


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
