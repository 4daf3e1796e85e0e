"""Surat pengantar as the text of a Word document: one letter a page, as an office of the regency signs it. Pure.

Always in Indonesian: it is a letter of the office, whatever language a colleague uses the bot in.
"""

import base64
from collections.abc import Iterator

from bot.chat.class_link import deep_link, qr_png
from bot.chat.texts import DEFAULT_LANGUAGE, Texts
from bot.chat.word_blocks import Beside, Block, Grid, PageBreak, Paragraph, WordText
from bot.fieldwork.dates import letter_date, long_date
from bot.fieldwork.letters import Addressed, Written
from bot.survey.study import Letterhead, Study

_QR_SIDE = 3.2  # centimetres: read from a sheet on a desk
_SIGNATURE = (7.5, 8.5)  # centimetres left of it, and of it
_ROOM_TO_SIGN = "\n\n\n"
_GAP = Paragraph("", "Small", tight=True)


def letters(texts: Texts, study: Study, found: Written, bot_username: str) -> WordText:
    blocks: list[Block] = []
    for one in found.letters:
        if blocks:
            blocks.append(PageBreak())
        blocks += _letter(texts, study, found, one, bot_username)
    title = texts.plain("surat_judul", DEFAULT_LANGUAGE, judul=found.training.full_title)
    return WordText(title, DEFAULT_LANGUAGE, tuple(blocks))


def _letter(
    texts: Texts, study: Study, found: Written, one: Addressed, bot_username: str
) -> Iterator[Block]:
    def say(key: str, **words: str | int) -> str:
        return texts.plain(key, DEFAULT_LANGUAGE, **words)

    training, office = found.training, study.office
    of_role = "_rekan" if found.role == "peer" else ""
    link = deep_link(bot_username, one.token)
    yield from _head(study.letterhead)
    yield from _references(texts, study, found)
    yield Paragraph(_address(texts, one))
    yield Paragraph(say("surat_salam"))
    yield Paragraph(
        say(
            f"surat_isi{of_role}", nama_pelatihan=training.full_title, penyelenggara=office.organiser_long,
            tgl=long_date(training.ends_on), n=len(one.alumni),
        ),
        align="justify",
    )  # fmt: skip
    yield Grid(_numbered(one.alumni), (1.0, 15.0), lined=False)
    yield _GAP
    picture = base64.b64encode(qr_png(link)).decode()
    yield Beside(picture, _QR_SIDE, say("surat_tautan", tautan=link))
    yield _GAP
    yield Paragraph(
        say(f"surat_janji{of_role}", k_min=study.k, kontak_koordinator=office.coordinator_contact),
        align="justify",
    )
    yield Paragraph(say("surat_penutup"), align="justify", held=True)
    yield _signature(study.letterhead)


def _head(head: Letterhead) -> Iterator[Block]:
    *upper, last = head.lines or ("",)
    for line in upper:
        yield Paragraph(line, bold=True, align="center", tight=True)
    yield Paragraph(last, "Small", align="center", ruled=True)


def _references(texts: Texts, study: Study, found: Written) -> Iterator[Block]:
    def say(key: str) -> str:
        return texts.plain(key, DEFAULT_LANGUAGE)

    dated = f"{study.letterhead.place}, {letter_date(found.letter.dated_on)}"
    rows = (
        (say("surat_nomor"), f": {found.letter.number}", dated),
        (say("surat_lampiran"), ": -", ""),
        (say("surat_hal"), f": {say('surat_perihal')}", ""),
    )
    yield Grid(rows, (2.4, 7.6, 6.0), lined=False)
    yield _GAP


def _address(texts: Texts, one: Addressed) -> str:
    first = texts.plain("surat_yth", DEFAULT_LANGUAGE, kepada=one.name)
    last = texts.plain("surat_tempat", DEFAULT_LANGUAGE)
    return "\n".join(line for line in (first, one.position, one.unit, last) if line)


def _numbered(names: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    return tuple((f"{number}.", name) for number, name in enumerate(names, start=1))


def _signature(head: Letterhead) -> Grid:
    signed = "\n".join(
        [f"{head.signatory_office},{_ROOM_TO_SIGN}", head.signatory_name, *head.signatory_lines]
    )
    return Grid((("", signed),), _SIGNATURE, lined=False)
