"""The papers of interviews as the text of Word documents: the guide for whoever calls, the pages of what was told. Pure.

1. The guide holds the questions of both branches: which way a conversation goes, the person's own story decides, so the guide
   tells nobody which branch a case is.
2. A page has no name, no unit and no branch, and of the answers only what the person permits: to be quoted, to be retold in
   other words, or nothing.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from bot.chat.texts import Texts
from bot.chat.word_blocks import Block, Grid, PageBreak, Paragraph, WordText
from bot.fieldwork.interview_pages import Guide, Page, Pages
from bot.fieldwork.quoting import Told
from bot.survey.questionnaire import Item, in_language

_BRANCHES: Final = (("", ""), ("berhasil", "panduan_sudah"), ("belum_berhasil", "panduan_belum"))
_LINES: Final = "\n\n\n"


def guide(texts: Texts, found: Guide) -> WordText:
    def say(key: str, **words: str) -> str:
        return texts.plain(key, found.language, **words)

    title = say("panduan_judul")
    blocks: list[Block] = [
        Paragraph(found.organiser, "Small"),
        Paragraph(title, "Title"),
        Paragraph(found.training.full_title, "Heading 2"),
        Paragraph(say("panduan_cara", penyelenggara=found.organiser)),
        Grid(
            ((say("panduan_kode"), ""), (say("panduan_hari"), ""), (say("panduan_izin"), "")),
            (6.0, 10.0),
        ),
    ]  # fmt: skip
    for item in _opening(found):
        blocks += _question(item, found, say("panduan_gali"))
    for branch, key in _BRANCHES[1:]:
        blocks.append(Paragraph(say(key), "Heading 1"))
        for item in _of_branch(found, branch):
            blocks += _question(item, found, say("panduan_gali"))
    blocks.append(Paragraph(say("panduan_penutup"), "Heading 1"))
    for item in _closing(found):
        blocks += _question(item, found, say("panduan_gali"))
    blocks.append(Paragraph(say("panduan_sesudah"), "Small"))
    return WordText(title, found.language, tuple(blocks))


def pages(texts: Texts, found: Pages) -> WordText:
    def say(key: str, **words: str | int) -> str:
        return texts.plain(key, found.language, **words)

    title = say("lembar_judul")
    blocks: list[Block] = [
        Paragraph(found.organiser, "Small"),
        Paragraph(title, "Title"),
        Paragraph(found.training.full_title, "Heading 2"),
        Paragraph(say("lembar_cara", n=len(found.pages))),
    ]
    for page in found.pages:
        blocks += [PageBreak(), Paragraph(page.code, "Title")]
        blocks.append(Paragraph(say(f"lembar_izin_{page.permission}"), bold=True))
        blocks += _told(
            page, say("lembar_catatan_telepon"), say("lembar_kosong"), say("lembar_belum_dilihat")
        )
    return WordText(title, found.language, tuple(blocks))


def is_quotable(page: Page, one: Told) -> bool:
    """As the person has seen it, and with permission."""
    return page.permission == "kutip" and one.is_seen


def _told(page: Page, notes: str, nothing: str, unseen: str) -> Iterator[Block]:
    for one in page.answers:
        yield Paragraph(one.question, "Heading 2")
        yield Paragraph(one.text, "Quote" if is_quotable(page, one) else "Normal")
        if page.permission == "kutip" and not one.is_seen:
            yield Paragraph(unseen, "Small")
    if page.notes:
        yield Paragraph(notes, "Heading 2")
        yield from (Paragraph(note) for note in page.notes)
    if page.permission in {"kutip", "ringkas"} and not page.answers and not page.notes:
        yield Paragraph(nothing)


def _question(item: Item, found: Guide, probing: str) -> Iterator[Block]:
    words = {"${nama_pelatihan}": found.training.full_title}
    asked = in_language(item.labels, found.language)
    for name, value in words.items():
        asked = asked.replace(name, value)
    yield Paragraph(asked, "Heading 2")
    if item.options:
        yield Paragraph(
            "\n".join(f"[  ] {in_language(one.labels, found.language)}" for one in item.options)
        )
        return
    if item.probes:
        yield Paragraph(
            f"{probing} {' '.join(in_language(one, found.language) for one in item.probes)}",
            "Small",
        )
    yield Paragraph(_LINES, "Small")


def _asked(found: Guide) -> Sequence[tuple[Item, str]]:
    """The questions with the branch that they are for."""
    return [(item, _branch(item)) for item in found.form.items if item.asked]


def _branch(item: Item) -> str:
    return next((name for name, _ in _BRANCHES[1:] if f"'{name}'" in item.relevant), "")


def _opening(found: Guide) -> list[Item]:
    asked = _asked(found)
    first = next((place for place, (_, branch) in enumerate(asked) if branch), len(asked))
    return [item for item, _ in asked[:first]]


def _of_branch(found: Guide, branch: str) -> list[Item]:
    return [item for item, of_branch in _asked(found) if of_branch == branch]


def _closing(found: Guide) -> list[Item]:
    opening = {item.name for item in _opening(found)}
    return [item for item, branch in _asked(found) if not branch and item.name not in opening]
