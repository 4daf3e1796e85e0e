"""Start with a personal link, or with none. One function is part of one transaction.

1. A participant's link connects at once. The link of a superior or peer is forwarded easily ("tolong isikan"): until somebody
   says who fills in, the account is nobody, the link is unused, and the account remembers only which link it opened.
2. Who says that it is not for them is forgotten, and the link stays good for whoever it is meant for. One line of the audit
   log tells that it happened, not who it was.
3. Links of others, replaced ones and unknown ones are refused, at the start and again at the answer.
"""

from sqlalchemy import Connection

from bot.errors import LinkRefused
from bot.fieldwork import answering, consent, finishing, letter_number, strangers, tokens
from bot.fieldwork.consent import ON_BEHALF, office_words
from bot.fieldwork.enrolment import connect, taken_by_other, tie
from bot.fieldwork.records import Choice, Reactions, Say, Visit
from bot.store import accounts, links, people
from bot.store.accounts import Account
from bot.store.links import Link

OPENED = "opened_link"  # of what an account remembers: the hash of the link that it opened
_ANSWERS = (
    ("link_self", "tombol_saya_sendiri"),
    ("link_behalf", "tombol_mewakili"),
    ("link_not_mine", "tombol_bukan_untuk_saya"),
)


def start(connection: Connection, visit: Visit, account: Account, token: str) -> Reactions:
    if not token:
        if account.person_id is None:
            return (Say("mulai_tanpa_tautan", office_words(visit)),)
        return answering.resume(connection, visit, account)
    hashed = tokens.hashed(token)
    link = links.of_hash(connection, hashed)
    if link is not None and account.person_id == link.person_id:
        return answering.resume(connection, visit, account)
    usable = _usable(connection, visit, account, link)
    if people.rates(connection, usable.person_id):
        accounts.expect(connection, account.chat_id, {OPENED: hashed})
        return (_who_fills_in(connection, visit, usable.person_id),)
    _use(connection, visit, account, hashed)
    return connect(connection, visit, account, usable.person_id)


def answer_for(connection: Connection, visit: Visit, account: Account, more: str) -> Reactions:
    """The person the link was meant for fills in, or (`more` is ON_BEHALF) somebody in their place: only now it is used."""
    hashed = str(account.expecting.get(OPENED, ""))
    if not hashed:
        return start(connection, visit, account, "")
    link = _usable(connection, visit, account, links.of_hash(connection, hashed))
    _use(connection, visit, account, hashed)
    linked = tie(connection, visit, account, link.person_id)
    waiting = finishing.unfinished(connection, link.person_id, visit.now)
    if not waiting:
        person = people.person(connection, link.person_id)
        words = office_words(visit) | {"jabatan_penerima": person.position or person.name}
        not_me = Choice("not_me", link.person_id, key="tombol_bukan_saya")
        return (Say("terhubung_penilai", words, (not_me,)),)
    is_one_round = len({found.round_id for found in waiting}) == 1
    if not is_one_round or not consent.asks_who(connection, visit, waiting[0]):
        return answering.resume(connection, visit, linked)
    mine = consent.mine_in_round(connection, visit, linked, waiting[0].round_id)
    return consent.notice(connection, visit, mine, ON_BEHALF if more == ON_BEHALF else "")


def still_asked(connection: Connection, visit: Visit, account: Account) -> Reactions:
    """To who writes instead of tapping: the same question; nothing when none is open."""
    link = links.of_hash(connection, str(account.expecting.get(OPENED, "")))
    if link is None or account.person_id is not None or _why_not(connection, account, link):
        return ()
    return (_who_fills_in(connection, visit, link.person_id),)


def not_mine(connection: Connection, visit: Visit, account: Account) -> Reactions:
    """Nothing of the account stays; a second tap, or one without a link opened before, changes nothing."""
    if OPENED in account.expecting and account.person_id is None:
        strangers.note_not_mine(connection, visit.now)
        accounts.erase(connection, account.chat_id)
    elif account.person_id is not None:
        return answering.resume(connection, visit, account)
    return (Say("bukan_untuk_saya"),)


def _who_fills_in(connection: Connection, visit: Visit, person_id: int) -> Say:
    person = people.person(connection, person_id)
    words = office_words(visit) | {
        "jabatan_penerima": person.position or person.name,
        "nomor_surat": letter_number.of_rater(connection, visit.study, person_id),
    }
    return Say(
        "tautan_penilai", words,
        tuple(Choice(action, key=key) for action, key in _ANSWERS),
    )  # fmt: skip


def _usable(connection: Connection, visit: Visit, account: Account, link: Link | None) -> Link:
    if link is not None and account.person_id not in {None, link.person_id}:
        person = people.person(connection, account.person_id or 0)
        words = office_words(visit) | {"nama": person.name}
        raise LinkRefused("akun_sudah_terhubung", **words)
    if link is None:
        raise LinkRefused("tautan_tidak_dikenal", **office_words(visit))
    if refused := _why_not(connection, account, link):
        raise LinkRefused(refused, **office_words(visit))
    return link


def _why_not(connection: Connection, account: Account, link: Link) -> str:
    if link.used_by not in {None, account.chat_id}:
        return "tautan_milik_orang_lain"
    if link.disabled_at is not None:
        return "tautan_diganti"
    if taken_by_other(connection, account, link.person_id):
        return "tautan_milik_orang_lain"
    return ""


def _use(connection: Connection, visit: Visit, account: Account, hashed: str) -> None:
    if not links.use(connection, hashed, account.chat_id, visit.now):
        raise LinkRefused("tautan_milik_orang_lain", **office_words(visit))
