"""Pressing Start: with a personal link, with the link of a class (the QR) or of a participant code, with a typed code, or with nothing.

The account remembers which class it scanned, so that a forged button opens no other class's list of names.
"""

import hmac
from datetime import timedelta

from sqlalchemy import Connection

from bot.errors import LinkRefused
from bot.fieldwork import link_opening, participant_code, walk_ins
from bot.fieldwork.consent import office_words
from bot.fieldwork.dates import long_date
from bot.fieldwork.enrolment import CLASS_LINK_DAYS, class_code, class_token, connect
from bot.fieldwork.records import Choice, Reactions, Say, Visit
from bot.store import accounts, people, trainings
from bot.store import walk_ins as stored
from bot.store.accounts import Account
from bot.store.trainings import Training


def start(connection: Connection, visit: Visit, account: Account, token: str) -> Reactions:
    if token.startswith("k"):
        return _class(connection, visit, account, _by_token(connection, visit, token))
    if token.startswith(participant_code.TOKEN):
        code = token.removeprefix(participant_code.TOKEN)
        if found := participant_code.given(connection, visit, account, code):
            return found
    return link_opening.start(connection, visit, account, token)


def typed_code(connection: Connection, visit: Visit, account: Account, text: str) -> Reactions:
    """The class code instead of the QR, or the code of a person; nothing when the text is no code of ours."""
    written = text.strip().upper().replace(" ", "")
    training = next(
        (
            one
            for one in trainings.all_of_them(connection)
            if hmac.compare_digest(class_code(visit.secret, one.id).encode(), written.encode())
        ),
        None,
    )
    if training is None:
        return participant_code.given(connection, visit, account, text)
    return _class(connection, visit, account, training)


def _class(
    connection: Connection, visit: Visit, account: Account, training: Training | None
) -> Reactions:
    words = office_words(visit)
    if training is None:
        raise LinkRefused("tautan_tidak_dikenal", **words)
    last_day = training.ends_on + timedelta(days=CLASS_LINK_DAYS)
    if visit.now.date() > last_day:
        until = {"tgl": long_date(last_day, account.language)}
        raise LinkRefused("tautan_kedaluwarsa", **words | until)
    if account.person_id is not None:
        if people.is_enrolled(connection, training.id, account.person_id):
            return connect(connection, visit, account, account.person_id)
        return walk_ins.ask_to_join(connection, visit, account, training)
    if not stored.has_list(connection, training.id):
        return walk_ins.welcome_unlisted(connection, visit, account, training)
    accounts.expect(
        connection, account.chat_id, {**account.expecting, "what": "", "class": training.id}
    )
    choices = (
        Choice("share_phone", training.id, key="tombol_cocokkan_hp"),
        Choice("pick_name", training.id, key="tombol_pilih_nama"),
        Choice("use_code", training.id, key="tombol_kode_peserta"),
        Choice("not_listed", training.id, key="tombol_tidak_ada"),
    )
    return (Say("sambutan_kelas", words | {"nama_pelatihan": training.full_title}, choices),)


def _by_token(connection: Connection, visit: Visit, token: str) -> Training | None:
    return next(
        (
            one
            for one in trainings.all_of_them(connection)
            if hmac.compare_digest(class_token(visit.secret, one.id).encode(), token.encode())
        ),
        None,
    )
