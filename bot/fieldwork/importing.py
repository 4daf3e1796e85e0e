"""A roster that a colleague sends as a file: which training it is for, its preview, and saving it after a tap.

One function is one transaction. Reading the list and saving thousands of people are jobs (bot/roster_clerk.py); here is what may be
done with it. Nothing of a list is kept before it is saved: a draft only knows where the messenger has the file.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.errors import NothingOpen
from bot.fieldwork.permits import why_not
from bot.fieldwork.roster import erased_from, left_out, without_erased
from bot.fieldwork.rosters.difference import Difference, difference
from bot.fieldwork.rosters.record import Report, TrainingFacts
from bot.fieldwork.staff import Duty, Named, who_is
from bot.store import jobs, roster_drafts, trainings
from bot.store import staff as stored
from bot.store.roster_drafts import RosterDraft, State
from bot.store.trainings import Training
from bot.survey.study import Study

PREVIEW_JOB, SAVE_JOB = "preview roster", "save roster"
FORGOTTEN_AFTER = timedelta(days=30)
MOST_CHOICES = 8
Draft = RosterDraft  # by this name the clerk knows it


@dataclass(frozen=True, slots=True)
class Aimed:
    """A list, and the training it is for."""

    language: str
    draft: Draft
    training: Training | None  # None: one that the list itself names, and is new


@dataclass(frozen=True, slots=True)
class Choosing:
    language: str
    draft: Draft
    trainings: tuple[Training, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """Where the people of a report would go."""

    draft: Draft
    facts: TrainingFacts | None  # None: somebody must choose
    training: Training | None
    choices: tuple[Training, ...]
    refused: str = ""  # the key of the sentence that says why not


def keep(
    connection: Connection, chat_id: int, file_id: str, file_name: str, now: datetime
) -> Draft:
    roster_drafts.forget_old(connection, now - FORGOTTEN_AFTER)
    return roster_drafts.keep(connection, chat_id, file_id, file_name, now)


def draft_of(connection: Connection, draft_id: int, chat_id: int) -> Draft | None:
    return roster_drafts.of_chat(connection, draft_id, chat_id)


def target_of(
    connection: Connection, named: Named, draft: Draft, report: Report, caption: str
) -> Target:
    """The training that was chosen, else the one the list or the caption names, else the only one there is."""
    staff = who_is(connection, named, draft.chat_id)
    if refused := why_not("save roster", staff, draft.training_id):
        return Target(draft, None, None, (), refused)
    choices = _choices(connection, named, draft.chat_id)
    facts = report.training
    if draft.training_id is not None:
        training = trainings.of_id(connection, draft.training_id)
    elif facts is not None:
        training = trainings.of_code(connection, facts.code)
        if training is None:
            return Target(draft, facts, None, choices)
    else:
        training = _meant(choices, caption)
    if training is None:
        return Target(draft, None, None, choices)
    if refused := why_not("save roster", staff, training.id):
        return Target(draft, None, training, choices, refused)
    is_its_own = facts is not None and facts.code == training.code
    return Target(draft, facts if is_its_own else _facts(training), training, choices)


def preview(
    connection: Connection, study: Study, report: Report, facts: TrainingFacts, secret: bytes
) -> Difference:
    """Reads only."""
    roster = report.roster(facts)
    kept = without_erased(erased_from(connection, study, roster, secret), roster, secret)
    return difference(connection, kept, secret, erased=left_out(roster, kept))


def note_shown(
    connection: Connection, draft: Draft, training: Training | None, shown: Difference
) -> None:
    training_id = training.id if training else None
    roster_drafts.show(connection, draft.id, training_id, shown.digest)


def aim(connection: Connection, duty: Duty, draft_id: int) -> Aimed:
    """At the training of the button; its preview is a job."""
    draft = _draft(connection, duty, draft_id)
    _refuse_saved(draft)
    if duty.is_first:
        roster_drafts.aim(connection, draft.id, duty.training.id)
        _ask(connection, PREVIEW_JOB, duty, draft)
    return Aimed(duty.language, draft, duty.training)


def choose_again(connection: Connection, duty: Duty, draft_id: int) -> Choosing:
    draft = _draft(connection, duty, draft_id)
    _refuse_saved(draft)
    listed = _choices(connection, duty.visit.named, duty.visit.chat_id)
    return Choosing(duty.language, draft, listed)


def save(
    connection: Connection,
    duty: Duty,
    draft_id: int,
    message_id: int | None,
    *,
    apart: bool = False,
) -> Aimed:
    """What was shown is what will be saved: the job looks again. A second tap asks for nothing twice.

    `apart`: who came without being listed is nobody of the list, although of the same name.
    """
    draft = _draft(connection, duty, draft_id)
    duty.may("save roster", draft.training_id)
    _refuse_saved(draft)
    training = trainings.of_id(connection, draft.training_id) if draft.training_id else None
    duty.noted["training"] = training.code if training else "?"
    if draft.state == "sent":
        raise NothingOpen("daftar_belum_ditinjau")
    if duty.is_first and (draft.state == "shown" or not _is_asked(connection, draft)):
        roster_drafts.turn(connection, draft.id, "saving")
        _ask(connection, SAVE_JOB, duty, draft, message_id, apart=apart)
    return Aimed(duty.language, draft, training)


def drop(connection: Connection, duty: Duty, draft_id: int) -> str:
    """Returns the language to answer in."""
    draft = roster_drafts.of_chat(connection, draft_id, duty.visit.chat_id)
    if draft is not None:
        if draft.state in {"saving", "writing"} and _is_asked(connection, draft):
            raise NothingOpen("daftar_sedang_disimpan")
        roster_drafts.drop(connection, draft.id)
    return duty.language


def turn(connection: Connection, draft: Draft, state: State) -> None:
    roster_drafts.turn(connection, draft.id, state)


def settle(connection: Connection, named: Named, draft: Draft, training_id: int) -> None:
    """Saved. Who opened a training by its list has it from now on."""
    roster_drafts.turn(connection, draft.id, "saved")
    staff = who_is(connection, named, draft.chat_id)
    if staff is not None and not staff.has(training_id):
        stored.give(connection, draft.chat_id, training_id)


def _is_asked(connection: Connection, draft: Draft) -> bool:
    """False: the job that should have saved it failed."""
    return jobs.waits(connection, SAVE_JOB, draft.chat_id)


def _ask(
    connection: Connection,
    kind: str,
    duty: Duty,
    draft: Draft,
    message_id: int | None = None,
    *,
    apart: bool = False,
) -> None:
    arguments = {"draft_id": draft.id, "message_id": message_id, "apart": apart}
    jobs.ask_once(connection, kind, duty.visit.chat_id, arguments, duty.visit.now)


def _draft(connection: Connection, duty: Duty, draft_id: int) -> Draft:
    draft = roster_drafts.of_chat(connection, draft_id, duty.visit.chat_id)
    if draft is None:
        raise NothingOpen("daftar_tidak_ada")
    return draft


def _refuse_saved(draft: Draft) -> None:
    if draft.state == "saved":
        raise NothingOpen("daftar_sudah_disimpan")


def _choices(connection: Connection, named: Named, chat_id: int) -> tuple[Training, ...]:
    """Last opened first."""
    staff = who_is(connection, named, chat_id)
    if staff is None:
        return ()
    only = None if staff.all_trainings else staff.trainings
    return tuple(trainings.newest(connection, MOST_CHOICES, only=only))


def _meant(choices: Sequence[Training], caption: str) -> Training | None:
    """By code or title in the caption; the only one needs no caption."""
    said = " ".join(caption.casefold().split())
    by_code = [one for one in choices if said and one.code.casefold() in said.split()]
    by_title = [one for one in choices if said and said in one.full_title.casefold()]
    for found in (by_code, by_title, choices):
        if len(found) == 1:
            return found[0]
    return None


def _facts(training: Training) -> TrainingFacts:
    return TrainingFacts(
        training.code, training.title, training.cohort, training.starts_on, training.ends_on
    )
