"""One update of one person: seen before or new, and for what a typed text is meant. One call is one transaction.

`attend` wraps every event: it opens the account, drops what was seen before (and answers again from the state), and turns a
refusal of fieldwork into its sentence. Such a refusal is raised before anything was written.
"""

import re
from collections.abc import Callable, Mapping
from datetime import timedelta

from sqlalchemy import Connection

from bot.errors import FieldworkError, LinkRefused, NotAllowed
from bot.fieldwork import (
    amending,
    answering,
    class_list,
    class_scan,
    consent,
    finishing,
    link_opening,
    participant_code,
    pausing,
    posing,
    privacy,
    sources,
    strangers,
    walk_ins,
)
from bot.fieldwork.once import once
from bot.fieldwork.records import Choice, Edition, Outcome, Reactions, Say, Visit, Written
from bot.store import accounts, responses
from bot.store.accounts import Account
from bot.survey.record import Attached, Typed, Unsupported

Act = Callable[[Connection, Visit, Account], Reactions]

STILL_ASKED = timedelta(minutes=15)  # a name or a time that was mistyped
LANGUAGES = {"id": "Bahasa Indonesia", "en": "English"}
_COURTESY = re.compile(
    r"(?:terima\s*kasih|makasih|trims|tks|thanks?|thank you|sama-?sama|baik|ok(?:e|ay)?|siap|selamat|"
    r"assalamu'?alaikum|wassalam|halo|hai|pagi|siang|sore|malam)\b",
    re.IGNORECASE,
)


def attend(connection: Connection, visit: Visit, act: Act, again: Act | None = None) -> Outcome:
    """`again` answers an update that was seen before; without it the act itself may be repeated."""
    account = accounts.opened(connection, visit.chat_id, visit.now)
    is_new = once(connection, visit.update_id, visit.now)
    try:
        reactions = (act if is_new or again is None else again)(connection, visit, account)
    except FieldworkError as refused:
        if is_new and isinstance(refused, LinkRefused | NotAllowed):
            actor = strangers.actor_of(connection, visit.chat_id, visit.secret)
            strangers.note_refused(connection, actor, refused, visit.now)
        reactions = (Say(refused.text_key, dict(refused.arguments)),)
    return Outcome(account.language, account.card_message_id, reactions)


def typed(connection: Connection, visit: Visit, account: Account, written: Written) -> Reactions:
    reply = EXPECTED.get(str(account.expecting.get("what", "")))
    if reply is not None:
        return reply(connection, visit, account, written.text)
    if account.person_id is None:
        found = class_scan.typed_code(connection, visit, account, written.text)
        found = found or link_opening.still_asked(connection, visit, account)
        return found or (Say("mulai_tanpa_tautan", consent.office_words(visit)),)
    return _to_the_survey(connection, visit, account, written)


def _own_name(connection: Connection, visit: Visit, account: Account, text: str) -> Reactions:
    """A class code written now means another class."""
    other = class_scan.typed_code(connection, visit, account, text)
    return other or walk_ins.typed_name(connection, visit, account, text)


def _person_code(connection: Connection, visit: Visit, account: Account, text: str) -> Reactions:
    """The code of a class, or of a person; anything else is asked again."""
    found = class_scan.typed_code(connection, visit, account, text)
    return found or participant_code.ask_again()


def unsupported(connection: Connection, visit: Visit, account: Account, kind: str) -> Reactions:
    """A sticker, a place, a poll: the card comes back with what is needed instead."""
    interview = _active(connection, visit, account)
    if interview is None:
        return _not_for_us(visit)
    return answering.reply(connection, visit, account, interview, Unsupported(kind))


def contact(connection: Connection, visit: Visit, account: Account, shared: str) -> Reactions:
    """Somebody's phone number: in class it may say who the sender is."""
    if account.person_id is not None:
        return unsupported(connection, visit, account, "contact")
    return class_list.shared_phone(connection, visit, account, shared)


def attached(
    connection: Connection, visit: Visit, account: Account, attachment: Attached, written: Written
) -> Reactions:
    """A voice message, a photo, a file: an answer where the question takes one; a forwarded one is none."""
    interview = _active(connection, visit, account)
    if interview is None:
        return _not_for_us(visit)
    if interview.found.response.stage == "asking":
        refused = _not_meant(connection, visit, account, interview, written)
        if refused is not None:
            return refused
    return answering.reply(
        connection, visit, account, interview, attachment, message_id=written.message_id
    )


def edited(connection: Connection, visit: Visit, account: Account, edition: Edition) -> Reactions:
    """The answer that the message gave follows it; a letter or a time that was asked for is read again."""
    source = sources.of_message(connection, visit.chat_id, edition.message_id)
    if source is not None:
        return amending.amended(connection, visit, account, edition, source)
    is_recent = visit.now - edition.sent_at < STILL_ASKED
    if isinstance(edition.said, Typed) and is_recent and account.expecting:
        return typed(connection, visit, account, Written(edition.said.text, visit.now))
    if isinstance(edition.said, Unsupported) or _active(connection, visit, account) is None:
        return ()
    return (Say("pesan_diubah"),)


def help_text(connection: Connection, visit: Visit, account: Account) -> Reactions:
    words = consent.office_words(visit) | {"kontak_pdp": visit.study.office.privacy_contact}
    choices = (_continue(),) if _has_something(connection, visit, account) else ()
    return (Say("bantuan", words, choices),)


def ask_language(_connection: Connection, _visit: Visit, _account: Account) -> Reactions:
    choices = tuple(Choice("language", more=code, label=name) for code, name in LANGUAGES.items())
    return (Say("pilih_bahasa", {}, choices),)


def set_language(connection: Connection, visit: Visit, account: Account, code: str) -> Reactions:
    """From now on in that language, also in surveys already begun or done; the answers stay."""
    language = code if code in LANGUAGES else "id"
    accounts.set_language(connection, account.chat_id, language)
    if account.person_id is not None:
        for found in responses.of_person(connection, account.person_id):
            if not found.closed(visit.now):
                responses.set_language(connection, found.response.id, language)
    return (Say("bahasa_tercatat", language=language), *show_active(connection, visit, account))


def show_active(connection: Connection, visit: Visit, account: Account) -> Reactions:
    """The question or the review the person is at, if there is one; changes nothing."""
    interview = _active(connection, visit, account)
    if interview is None or interview.found.response.stage not in {"asking", "review"}:
        return ()
    return answering.show(connection, visit, account)


def _to_the_survey(
    connection: Connection, visit: Visit, account: Account, written: Written
) -> Reactions:
    interview = _active(connection, visit, account)
    if interview is None or interview.found.response.stage != "asking":
        return _small_talk(connection, visit, account, written.text)
    refused = _not_meant(connection, visit, account, interview, written)
    if refused is not None:
        return refused
    said = Typed(written.text)
    return answering.reply(
        connection, visit, account, interview, said, message_id=written.message_id
    )


def _not_meant(
    connection: Connection,
    visit: Visit,
    account: Account,
    interview: answering.Interview,
    written: Written,
) -> Reactions | None:
    """What is said to a message that is no answer to the present question; None: it may be one."""
    response = interview.found.response
    if written.is_forwarded:
        return (Say("pesan_terusan"), *answering.show(connection, visit, account))
    if not posing.is_early(visit, account, response, written):
        return None
    if not posing.tells(connection, visit, account, response, written):
        return ()
    shown = () if visit.is_posing else answering.show(connection, visit, account)
    return (Say("pesan_belum_dijawab"), *shown)


def _active(connection: Connection, visit: Visit, account: Account) -> answering.Interview | None:
    """The survey that typed text is for: the active one while it is open and agreed to."""
    if account.person_id is None or account.response_id is None:
        return None
    found = responses.open_for(connection, account.response_id, account.person_id)
    if found is None or found.response.begun_at is None:
        return None
    if found.closed(visit.now):
        if not finishing.is_unfinished(found):
            return None
        consent.refuse_closed(visit, account.language, found)
    return answering.interview_of(connection, visit, found)


def _small_talk(connection: Connection, visit: Visit, account: Account, text: str) -> Reactions:
    """Thanks and greetings are answered in kind; nothing of it is kept."""
    if _COURTESY.match(text.strip()) or not any(letter.isalnum() for letter in text):
        return (Say("sama_sama"),)
    choices = (_continue(),) if _has_something(connection, visit, account) else ()
    help_choice = Choice("help", key="tombol_bantuan")
    return (Say("teks_bebas_tidak_dikenal", consent.office_words(visit), (*choices, help_choice)),)


def _not_for_us(visit: Visit) -> Reactions:
    help_choice = Choice("help", key="tombol_bantuan")
    return (Say("teks_bebas_tidak_dikenal", consent.office_words(visit), (help_choice,)),)


def _has_something(connection: Connection, visit: Visit, account: Account) -> bool:
    return account.person_id is not None and bool(
        finishing.unfinished(connection, account.person_id, visit.now)
    )


def _continue() -> Choice:
    return Choice("continue", key="tombol_lanjutkan_survei")


EXPECTED: Mapping[str, Callable[[Connection, Visit, Account, str], Reactions]] = {
    class_list.EXPECTING_NAME: class_list.typed_letters,
    class_list.EXPECTING_BIRTH: class_list.typed_birth,
    participant_code.EXPECTING_CODE: _person_code,
    pausing.EXPECTING_TIME: pausing.typed_time,
    privacy.EXPECTING_CORRECTION: privacy.typed_correction,
    walk_ins.EXPECTING_OWN_NAME: _own_name,
    walk_ins.EXPECTING_UNIT: walk_ins.typed_unit,
}
