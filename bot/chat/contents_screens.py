"""What a class teaches and who teaches it: as saved, asked for, shown again before it is saved. Pure."""

from collections.abc import Sequence
from html import escape

from bot.chat.class_buttons import class_data
from bot.chat.outgoing import Button, Screen
from bot.chat.staff_buttons import encode
from bot.chat.texts import Texts
from bot.fieldwork.class_contents import (
    CONTENTS,
    AskLines,
    Contents,
    SavedContents,
    Typed,
    asked_of,
)


def contents(texts: Texts, found: Contents) -> Screen:
    language, training = found.language, found.training
    text = "\n\n".join([
        texts.say("isi_kelas_judul", language, judul=training.full_title),
        _listed(texts, language, "competences", found.competences),
        _listed(texts, language, "instructors", found.instructors),
    ])  # fmt: skip
    writing = (
        Button(texts.plain(f"tombol_tulis_{one}", language), class_data("aboutwrite", training.id, place))
        for place, one in enumerate(CONTENTS)
    )  # fmt: skip
    back = Button(texts.plain("tombol_kembali", language), encode("detail", training.id))
    return Screen(text, (*((one,) for one in writing), (back,)))


def asked(texts: Texts, question: AskLines) -> Screen:
    language, training = question.language, question.training
    text = texts.say(f"isi_kelas_tanya_{question.content}", language, judul=training.full_title)
    stop = Button(texts.plain("tombol_batal", language), class_data("aboutstop", training.id))
    return Screen(text, ((stop,),))


def typed(texts: Texts, found: Typed) -> Screen:
    language, training = found.language, found.training
    parts = [
        texts.say("isi_kelas_pratinjau", language, judul=training.full_title),
        _listed(texts, language, found.content, found.lines),
    ]
    if found.asked:
        parts.append(texts.say("isi_kelas_sudah_ditanyakan", language, n=found.asked))
    save = Button(texts.plain("tombol_simpan_isi", language), class_data("aboutsave", training.id))
    again = Button(
        texts.plain("tombol_isi_tulis_ulang", language),
        class_data("aboutwrite", training.id, CONTENTS.index(found.content)),
    )
    stop = Button(texts.plain("tombol_batal", language), class_data("aboutstop", training.id))
    return Screen("\n\n".join(parts), ((save,), (again,), (stop,)))


def saved(texts: Texts, done: SavedContents) -> Screen:
    shown, language = contents(texts, done.contents), done.contents.language
    said = [texts.say("isi_kelas_tersimpan", language)]
    if done.renewed:
        said.append(texts.say("isi_kelas_diperbarui", language, n=done.renewed))
    if done.kept:
        said.append(texts.say("isi_kelas_tetap", language, n=done.kept))
    return Screen("\n\n".join([*said, shown.text]), shown.buttons)


def _listed(texts: Texts, language: str, content: str, lines: Sequence[str]) -> str:
    head = texts.say(f"isi_kelas_{content}", language)
    if not lines:
        return f"{head}\n{texts.say(f'isi_kelas_tanpa_{content}', language)}"
    most = asked_of("competences" if content == "competences" else "instructors")
    numbered = [f"{n}. {escape(line, quote=False)}" for n, line in enumerate(lines, start=1)]
    if most is not None and len(lines) > most:
        numbered.append(texts.say("isi_kelas_dua_pertama", language))
    return "\n".join([head, *numbered])
