"""A questionnaire that a colleague sends as a file: asked for as a job, checked outside, kept as a draft. Not in use yet.

One function is one transaction. Which questionnaire a form replaces is decided by its form_id, which must be one of the
study's. What the check says is worded by the chat; here is what it means for the office.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.fieldwork.staff import Duty
from bot.store import form_drafts, jobs, questionnaires
from bot.survey.findings import Finding
from bot.survey.questionnaire import Questionnaire
from bot.survey.study import Study
from bot.survey.versions import Comparison, compared

FILE_JOB = "file"
FORGOTTEN_AFTER = timedelta(days=30)
UNNAMED = "tanpa_form_id"  # the form_id of a form that says none: the name of its file says nothing
LONGEST_VERSION = 40  # what the column of the store holds
COMPARABILITY = "cek_ubah_"  # findings about the version in use: for the colleague to judge


@dataclass(frozen=True, slots=True)
class Submitted:
    file_id: str  # the messenger's own
    file_name: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class InUse:
    """One questionnaire of the study as it is asked now."""

    name: str
    form: Questionnaire | None  # None: the folder has none, and nobody sent one
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of a form that was sent."""

    file_name: str
    form: Questionnaire | None
    findings: tuple[Finding, ...]
    minutes: float
    known_ids: tuple[str, ...]
    comparisons: tuple[Comparison, ...] = ()
    former_version: str = ""  # "" when this questionnaire was never in use
    draft_id: int = 0  # 0: it cannot be used

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(one for one in self.findings if one.severity == "error" and not _judged(one))

    @property
    def changes(self) -> tuple[Finding, ...]:
        return tuple(one for one in self.findings if _judged(one))

    @property
    def warnings(self) -> tuple[Finding, ...]:
        return tuple(one for one in self.findings if one.severity == "warning")

    @property
    def is_whole(self) -> bool:
        """Every row of it could be read; else what is missing would look like a change."""
        return self.form is not None and all(one.key != "cek_pembaca" for one in self.findings)

    @property
    def is_foreign(self) -> bool:
        return self.form is not None and self.form.name not in self.known_ids

    @property
    def is_overnamed(self) -> bool:
        return self.form is not None and len(self.form.version) > LONGEST_VERSION


def submit(connection: Connection, duty: Duty, sent: Submitted) -> str:
    """Also what may turn out to be a list of participants. Long work is a job. Returns the language to answer in."""
    if duty.is_first:
        arguments = {
            "file_id": sent.file_id, "file_name": sent.file_name, "caption": sent.caption,
        }  # fmt: skip
        jobs.ask(connection, FILE_JOB, duty.visit.chat_id, arguments, duty.visit.now)
    return duty.language


def in_use(connection: Connection, duty: Duty) -> tuple[str, tuple[InUse, ...]]:
    """The language, and each questionnaire of the study as it is asked now."""
    listed = [_in_use(connection, name) for name in form_ids(duty.visit.study)]
    return duty.language, tuple(listed)


def versions_in_use(connection: Connection) -> list[Questionnaire]:
    return questionnaires.newest_of_all(connection)


def keep_draft(connection: Connection, chat_id: int, checked: Checked, now: datetime) -> int:
    """0 when it cannot be used; then nothing is kept."""
    form_drafts.forget_old(connection, now - FORGOTTEN_AFTER)
    if checked.form is None or checked.errors or checked.is_foreign or checked.is_overnamed:
        return 0
    return form_drafts.keep(connection, chat_id, checked.file_name, checked.form, now)


def form_ids(study: Study) -> tuple[str, ...]:
    return tuple(dict.fromkeys(plan.questionnaire for plan in study.rounds.values()))


def compared_with(
    before: Questionnaire | None, form: Questionnaire | None
) -> tuple[Comparison, ...]:
    """Without what is filled in from the list of participants: it is no answer."""
    if before is None or form is None:
        return ()
    filled = {
        item.name for version in (before, form) for item in version.items if item.kind == "hidden"
    }
    return tuple(one for one in compared(before, form) if one.item not in filled)


def _in_use(connection: Connection, name: str) -> InUse:
    found = questionnaires.in_use(connection, name)
    if found is None:
        return InUse(name, None, None)
    return InUse(name, questionnaires.of_id(connection, found.id), found.since)


def _judged(finding: Finding) -> bool:
    return finding.key.startswith(COMPARABILITY)
