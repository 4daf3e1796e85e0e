"""The workbook of personal links, worded: a polite WhatsApp text for each, and a link that opens WhatsApp with it. Pure."""

import io
from collections.abc import Iterable
from datetime import datetime

from bot.chat.class_link import deep_link
from bot.chat.texts import DEFAULT_LANGUAGE, Texts
from bot.fieldwork.links_workbook import LinkLine, wa_me, write_links
from bot.fieldwork.participant_code import spelt
from bot.fieldwork.personal_links import PersonalLink
from bot.survey.study import Study

HEADERS = (
    "kolom_nama", "kolom_nip", "kolom_peran", "kolom_unit", "kolom_tautan", "kolom_wa",
    "kolom_wa_me", "kolom_kode_peserta",
)  # fmt: skip
_MESSAGES = {"superior": "wa_atasan", "peer": "wa_rekan"}


def link_line(
    texts: Texts,
    study: Study,
    title: str,
    link: PersonalLink,
    bot_username: str,
    *,
    letter_number: str = "",
) -> LinkLine:
    """`letter_number`: of the training's letter; else the blank of the study stands there."""
    url = deep_link(bot_username, link.token)
    key = _MESSAGES.get(link.role, "wa_peserta")
    message = texts.plain(
        key, DEFAULT_LANGUAGE, nama=link.name, penyelenggara=study.office.organiser,
        nama_pelatihan=title, tautan=url, nomor_surat=letter_number or study.office.letter_number,
        kontak_koordinator=study.office.coordinator_contact,
    )  # fmt: skip
    role = texts.plain(f"peran_{link.role}", DEFAULT_LANGUAGE)
    return LinkLine(
        link.name, link.nip, role, link.unit, url, message, wa_me(link.phone, message),
        spelt(link.code),
    )  # fmt: skip


def links_workbook(texts: Texts, lines: Iterable[LinkLine], now: datetime) -> bytes:
    headers = [texts.plain(key, DEFAULT_LANGUAGE) for key in HEADERS]
    content = io.BytesIO()
    write_links(content, texts.plain("lembar_tautan", DEFAULT_LANGUAGE), headers, lines, now)
    return content.getvalue()
