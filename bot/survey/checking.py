"""The questionnaire compiler: everything that would go wrong in a chat, found before a respondent meets it. Pure.

    check(path, chat, now)      a form file -> Report(findings, questionnaire or None)

1. First what pyxform refuses, then what the form reader refuses, then what is found here, by sheet and row.
2. What cannot be answered is looked for only in a form that can be read as a whole.
3. What the chat can show is told by `Chat`, so that this room knows no Telegram.

docs/check.md lists every finding with an example; findings.py their keys.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.survey.checking_names import name_findings
from bot.survey.checking_paths import path_findings
from bot.survey.checking_promises import promise_findings
from bot.survey.checking_sizes import size_findings
from bot.survey.checking_texts import Chat, text_findings
from bot.survey.findings import Finding, in_order, of_reader
from bot.survey.questionnaire import Questionnaire
from bot.survey.versions import compared
from bot.survey.xlsform import Form, inspect_form

__all__ = ["Chat", "Report", "check"]

Before = Callable[[str], Questionnaire | None]  # the newest version in use, by the form's id


@dataclass(frozen=True, slots=True)
class Report:
    findings: tuple[Finding, ...]
    questionnaire: Questionnaire | None  # as far as it could be read

    @property
    def usable(self) -> bool:
        return self.questionnaire is not None and not self.errors

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.severity == "error")


def check(path: Path, chat: Chat, now: datetime, before: Before = lambda _name: None) -> Report:
    inspected = inspect_form(path)
    told = tuple(of_reader(problem) for problem in inspected.problems)
    if inspected.form is None:
        return Report(told, None)
    form = inspected.form
    found = _findings(form, chat, before)
    if not told:
        found += [*path_findings(form, now), *promise_findings(form, now)]
    return Report((*told, *in_order(found)), form.questionnaire)


def _findings(form: Form, chat: Chat, before: Before) -> list[Finding]:
    former = before(form.questionnaire.name)
    return [
        *text_findings(form, chat),
        *size_findings(form, chat),
        *name_findings(form),
        *(_version_findings(form, former) if former else ()),
    ]


def _version_findings(form: Form, former: Questionnaire) -> Iterator[Finding]:
    """What changed so much since the version in use that old and new answers cannot be compared."""
    for one in compared(former, form.questionnaire):
        if one.likeness == "different":
            words = {"butir": one.item, "versi": former.version, **one.arguments}
            yield Finding(one.reason, "survey", form.sheets.item(one.item), words)
