"""What the office sees of itself: who works here, invitations, hand-overs. Pure: values in, text and buttons out."""

from collections.abc import Sequence
from html import escape

from bot.chat.class_link import deep_link
from bot.chat.menu import menu_of
from bot.chat.outgoing import Button, Outgoing, Rows, Screen, SendMessage
from bot.chat.staff_buttons import Action, encode, invited_data, office_data
from bot.chat.staff_screens import office_button, shortened
from bot.chat.texts import Texts
from bot.fieldwork.inviting import Invited, Joined, Offer, Opened
from bot.fieldwork.staffing import Choice, Colleague, HandOver, Leaving, StaffList
from bot.survey.study import Office

LISTED = 30  # colleagues in one message
TITLES = 3  # trainings named of each


def staff_list(texts: Texts, page: StaffList) -> Screen:
    language = page.language
    shown, waiting = page.colleagues[:LISTED], page.waiting[:LISTED]
    parts = [texts.say("petugas_judul", language)]
    parts += ["- " + escape(colleague(texts, language, one), quote=False) for one in shown]
    if len(page.colleagues) > LISTED:
        parts.append(texts.say("petugas_lagi", language, n=len(page.colleagues) - LISTED))
    if waiting:
        parts.append("\n" + texts.say("undangan_menunggu", language))
    for one in waiting:
        role = offer_words(texts, language, one.offer)
        parts.append(
            texts.say(
                "undangan_baris", language, nomor=one.id, peran=role, pengundang=one.inviter,
                waktu=one.offer.expires_at,
            )
        )  # fmt: skip
    rows = [
        (office_button(texts, language, "tombol_undang_administrator", "admin"),),
        (office_button(texts, language, "tombol_undang_semua", "all"),),
        (office_button(texts, language, "tombol_undang_satu", "choose"),),
        *((_named(texts, language, one),) for one in shown if not one.who.by_settings),
        *((_withdraw(texts, language, one.id),) for one in waiting),
    ]
    return Screen("\n".join(parts), tuple(rows))


def choose_training(texts: Texts, page: Choice) -> Screen:
    if not page.trainings:
        return Screen(texts.say("belum_ada_pelatihan", page.language))
    # A long title is cut on its button, and then angkatan II and III look the same: hence the numbers.
    numbered = [(f"{n}. {one.full_title}", one.id) for n, one in enumerate(page.trainings, 1)]
    rows = tuple((Button(shortened(label), office_data("one", of)),) for label, of in numbered)
    listed = "\n".join(escape(label, quote=False) for label, _ in numbered)
    return Screen(f"{texts.say('undang_pilih_pelatihan', page.language)}\n\n{listed}", rows)


def ask_hand_over(texts: Texts, page: HandOver) -> Screen:
    text = texts.say("serah_tanya", page.language, judul=page.training.full_title)
    rows: list[tuple[Button, ...]] = [
        (_about(texts, page.language, "tombol_serah_bersama", "share", page.training.id),)
    ]
    if page.may_give_up:
        button = _about(texts, page.language, "tombol_serah_lepas", "pass", page.training.id)
        rows.append((button,))
    rows.append((_about(texts, page.language, "tombol_batal", "detail", page.training.id),))
    return Screen(text, tuple(rows))


def invited(
    texts: Texts, office: Office, chat_id: int, page: Invited, bot_username: str
) -> list[Outgoing]:
    """What the colleague should know, and a second message that can be forwarded as it is."""
    role = offer_words(texts, page.language, page.offer)
    key = "undangan_dibuat_lepas" if page.gives_up else "undangan_dibuat"
    explained = texts.say(key, page.language, peran=role, waktu=page.offer.expires_at)
    forward = texts.say(
        "undangan_teruskan", page.language, peran=role, penyelenggara=office.organiser,
        tautan=deep_link(bot_username, page.token), nama_bot=bot_username,
        waktu=page.offer.expires_at,
    )  # fmt: skip
    button = _withdraw(texts, page.language, page.id)
    return [
        SendMessage(chat_id, Screen(explained, ((button,),))),
        SendMessage(chat_id, Screen(forward)),
    ]


def opened(texts: Texts, office: Office, language: str, page: Opened) -> Screen:
    text = texts.say(
        "undangan_terima_tanya", language, pengundang=page.inviter, penyelenggara=office.organiser,
        peran=offer_words(texts, language, page.offer),
    )  # fmt: skip
    rows: Rows = (
        (Button(texts.plain("tombol_terima", language), invited_data("accept", page.token)),),
        (Button(texts.plain("tombol_bukan_saya", language), invited_data("decline", page.token)),),
    )
    return Screen(text, rows)


def told_the_inviter(texts: Texts, page: Joined) -> SendMessage:
    language = page.inviter_language
    role = offer_words(texts, language, page.offer)
    key = "undangan_diterima_lepas" if page.gave_up else "undangan_diterima"
    text = texts.say(key, language, nama=page.name, nomor=page.who.chat_id, peran=role)
    rows: Rows = ()
    if page.inviter_may_remove:
        label = shortened(texts.plain("tombol_berhentikan", language, nama=page.name))
        rows = ((Button(label, office_data("askremove", page.who.chat_id)),),)
    return SendMessage(page.inviter_chat, Screen(text, rows))


def ask_removal(texts: Texts, page: Leaving) -> Screen:
    words = colleague(texts, page.language, page.colleague)
    label = texts.plain("tombol_ya_berhentikan", page.language)
    rows: Rows = (
        (Button(label, office_data("remove", page.colleague.who.chat_id)),),
        (office_button(texts, page.language, "tombol_batal", "staff"),),
    )
    return Screen(texts.say("berhentikan_tanya", page.language, petugas=words), rows)


def removed(texts: Texts, office: Office, chat_id: int, page: Leaving) -> list[Outgoing]:
    """To the administrator; and to the colleague, whose commands go."""
    gone = page.colleague.who.chat_id
    done = texts.say("diberhentikan", page.language, nama=page.colleague.name)
    told = texts.say("tugas_berakhir", page.their_language, penyelenggara=office.organiser)
    back = ((office_button(texts, page.language, "tombol_daftar_petugas", "staff"),),)
    return [
        SendMessage(chat_id, Screen(done, back)),
        SendMessage(gone, Screen(told)),
        menu_of(texts, gone, None),
    ]


def colleague(texts: Texts, language: str, one: Colleague) -> str:
    """Plain: whoever shows it escapes it."""
    where = ""
    if one.who.role == "coordinator":
        where = ": " + (
            _titles(texts, language, one.titles) or texts.plain("tanpa_pelatihan", language)
        )
        if one.who.all_trainings:
            where = ": " + texts.plain("semua_pelatihan", language)
    key = "petugas_baris_pengaturan" if one.who.by_settings else "petugas_baris"
    return texts.plain(
        key, language, nama=one.name, nomor=one.who.chat_id,
        peran=texts.plain(f"peran_{one.who.role}", language) + where,
    )  # fmt: skip


def offer_words(texts: Texts, language: str, offer: Offer) -> str:
    if offer.role == "administrator":
        return texts.plain("peran_administrator", language)
    what = offer.title or texts.plain("semua_pelatihan", language)
    return f"{texts.plain('peran_coordinator', language)} ({what})"


def _titles(texts: Texts, language: str, titles: Sequence[str]) -> str:
    shown = ", ".join(titles[:TITLES])
    more = len(titles) - TITLES
    return f"{shown}, {texts.plain('petugas_lagi', language, n=more)}" if more > 0 else shown


def _named(texts: Texts, language: str, one: Colleague) -> Button:
    label = texts.plain("tombol_berhentikan", language, nama=one.name)
    return Button(shortened(label), office_data("askremove", one.who.chat_id))


def _withdraw(texts: Texts, language: str, invitation_id: int) -> Button:
    label = texts.plain("tombol_batalkan_undangan", language, nomor=invitation_id)
    return Button(label, office_data("withdraw", invitation_id))


def _about(texts: Texts, language: str, key: str, action: Action, training_id: int) -> Button:
    return Button(texts.plain(key, language), encode(action, training_id))
