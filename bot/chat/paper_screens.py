"""What is said of papers to print: which there are, that one is being drawn, and what comes with it. Pure."""

from bot.chat.class_buttons import ClassAction, class_data
from bot.chat.outgoing import Button, Screen
from bot.chat.staff_buttons import encode
from bot.chat.texts import Texts
from bot.fieldwork.paper_facts import Paper
from bot.fieldwork.papers import Printable

PRINTED = {"class": "lembar-kelas", "form": "kuesioner", "codes": "kode-peserta"}
PHONELESS, EVERYBODY = 0, 1  # whose codes


def choose(texts: Texts, found: Printable) -> Screen:
    language, training = found.language, found.training

    def one(key: str, action: ClassAction, round_id: int = 0, **words: str | int) -> Button:
        label = texts.plain(key, language, **words)
        return Button(label, class_data(action, training.id, round_id))

    rows = [(one("tombol_cetak_kelas", "printclass"),)]
    for sheet in found.sheets:
        kind = texts.plain(f"putaran_{sheet.kind}", language)
        rows.append((one("tombol_cetak_kosong", "printblank", sheet.round_id, putaran=kind),))
        if sheet.named:
            button = one("tombol_cetak_bernama", "printnamed", sheet.round_id, putaran=kind, n=sheet.named)  # fmt: skip
            rows.append((button,))
    if found.phoneless:
        rows.append(
            (one("tombol_cetak_kode_tanpa_hp", "printcodes", PHONELESS, n=found.phoneless),)
        )
    if found.codes > found.phoneless:
        rows.append((one("tombol_cetak_kode", "printcodes", EVERYBODY, n=found.codes),))
    rows.append((Button(texts.plain("tombol_kembali", language), encode("detail", training.id)),))
    return Screen(texts.say("cetak_tanya", language, judul=training.full_title), tuple(rows))


def being_drawn(texts: Texts, found: Printable) -> Screen:
    return Screen(texts.say("cetak_disiapkan", found.language))


def caption(texts: Texts, language: str, paper: Paper) -> str:
    title = paper.training.full_title
    if paper.kind == "class":
        return texts.say("cetak_berkas_class", language, judul=title)
    if paper.kind == "codes":
        return texts.say("cetak_berkas_codes", language, judul=title, n=paper.copies)
    kind = texts.plain(f"putaran_{paper.about}", language)
    return texts.say("cetak_berkas_form", language, judul=title, putaran=kind, n=paper.copies)


def file_name(paper: Paper) -> str:
    about = f"-{paper.about}" if paper.about else ""
    part = f"-{paper.part}" if paper.part else ""
    return f"{PRINTED[paper.kind]}{about}-{paper.training.code}{part}.pdf"
