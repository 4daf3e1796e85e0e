"""The class link as a picture to project and a text to forward. Pure."""

import io

import segno

from bot.chat.outgoing import SendPhoto
from bot.chat.texts import Texts
from bot.fieldwork.enrolment import class_code, class_token
from bot.fieldwork.trainings import StaffPage
from bot.survey.study import Office

_PIXELS = 12  # per module: about 500 pixels in all, sharp on a projector
_QUIET_ZONE = 4


def deep_link(bot_username: str, token: str) -> str:
    return f"https://t.me/{bot_username}?start={token}"


def qr_png(link: str) -> bytes:
    picture = io.BytesIO()
    segno.make(link, error="m", micro=False).save(
        picture, kind="png", scale=_PIXELS, border=_QUIET_ZONE
    )
    return picture.getvalue()


def class_photo(
    texts: Texts, office: Office, page: StaffPage, chat_id: int, *, secret: bytes, bot_username: str
) -> SendPhoto:
    one = page.trainings[0]
    return class_qr(
        texts, office, (one.id, one.title), chat_id, page.language,
        secret=secret, bot_username=bot_username,
    )  # fmt: skip


def class_qr(
    texts: Texts,
    office: Office,
    training: tuple[int, str],
    chat_id: int,
    language: str,
    *,
    secret: bytes,
    bot_username: str,
) -> SendPhoto:
    """`training` is its id and its full title."""
    number, title = training
    link = deep_link(bot_username, class_token(secret, number))
    caption = texts.say(
        "qr_keterangan", language, judul=title, tautan=link, nama_bot=bot_username,
        kode=class_code(secret, number), penyelenggara=office.organiser,
    )  # fmt: skip
    return SendPhoto(chat_id, qr_png(link), f"qr-kelas-{number}.png", caption)
