"""What the office sees of interviews: before the selection to how many it goes, then the cases by their codes. Pure."""

from bot.chat.case_buttons import CaseAction, case_data
from bot.chat.outgoing import Button, Screen
from bot.chat.staff_buttons import encode
from bot.chat.texts import Texts
from bot.fieldwork.interviews import CaseLine, Interviews, NotesPage

Row = tuple[Button, ...]
_PERMISSIONS: tuple[CaseAction, ...] = ("kutip", "ringkas", "tidak")


def interviews(texts: Texts, page: Interviews) -> Screen:
    if not page.is_selected:
        return _before(texts, page)
    language = page.language
    key = "wawancara_ditutup" if page.is_closed else "wawancara_berjalan"
    words = {"judul": page.training.full_title, "tgl_tutup": page.closes_on or "-"}
    parts = [
        texts.say(key, language, **words),
        "\n".join(_line(texts, page, one) for one in page.lines),
    ]
    if page.voices.fetched or page.voices.failing or page.voices.too_large:
        parts.append(_voices(texts, page))
    if page.done:
        parts.insert(0, texts.say("wawancara_dipilih", language, n=len(page.lines)))
    rows = [
        _row(texts, page, "tombol_catat_kasus", "notes", one)
        for one in page.lines
        if one.standing == "call"
    ]
    rows.append(_row(texts, page, "tombol_panduan", "guide"))
    if page.is_closed:
        rows.append(_row(texts, page, "tombol_lembar_kasus", "pages"))
    return Screen("\n\n".join(parts), (*rows, _rule(texts, page), _back(texts, page)))


def rule(texts: Texts, page: Interviews) -> Screen:
    """How cases are selected, with the numbers of study.toml."""
    found = page.rule
    text = texts.say(
        "wawancara_aturan", page.language, dari=f"{found.success_from:g}",
        sampai=f"{found.non_success_to:g}", bagian=f"{found.share:.0%}", sedikit=found.least,
        banyak=found.most, unit=found.most_per_unit,
    )  # fmt: skip
    return Screen(text, (_row(texts, page, "tombol_kembali", "page"),))


def noting(texts: Texts, page: NotesPage) -> Screen:
    key = "catatan_tersimpan" if page.kept else "catatan_tulis"
    language, line = page.language, page.line
    text = texts.say(key, language, kode=line.code, nama=line.name, n=line.notes)
    permission = texts.say(f"izin_telepon_{line.permission or 'belum'}", language)
    rows = [
        _named(texts, page, f"tombol_izin_{one}", one)
        for one in _PERMISSIONS
        if one != line.permission
    ]
    rows.append(_named(texts, page, "tombol_selesai", "endnotes"))
    return Screen(f"{text}\n\n{permission}", tuple(rows))


def _named(texts: Texts, page: NotesPage, key: str, action: CaseAction) -> Row:
    data = case_data(action, page.training.id, page.line.number)
    return (Button(texts.plain(key, page.language), data),)


def _before(texts: Texts, page: Interviews) -> Screen:
    language = page.language
    key = "wawancara_pratinjau" if page.to_invite else "wawancara_belum_cukup"
    parts = [
        texts.say(
            key, language, judul=page.training.full_title, n=page.answered, m=page.willing,
            undangan=page.to_invite, tgl_tutup=page.closes_on or "-",
        )
    ]  # fmt: skip
    if page.follow_up_open:
        parts.append(texts.say("wawancara_masih_dibuka", language))
    rows: list[Row] = []
    if page.to_invite:
        label = texts.plain("tombol_undang_kasus", language, n=page.to_invite)
        rows.append((Button(label, case_data("choose", page.training.id)),))
    return Screen("\n\n".join(parts), (*rows, _rule(texts, page), _back(texts, page)))


def _voices(texts: Texts, page: Interviews) -> str:
    found = page.voices
    lines = [texts.say("rekaman_ada", page.language, n=found.fetched, m=found.transcribed)]
    trouble = (("rekaman_gagal", found.failing), ("rekaman_terlalu_besar", found.too_large))
    lines += [texts.say(key, page.language, n=number) for key, number in trouble if number]
    return "\n".join(lines)


def _line(texts: Texts, page: Interviews, one: CaseLine) -> str:
    return texts.say(
        f"kasus_{one.standing}", page.language, kode=one.code, nama=one.name, hp=one.phone or "-",
        n=one.notes,
    )  # fmt: skip


def _row(
    texts: Texts, page: Interviews, key: str, action: CaseAction, one: CaseLine | None = None
) -> Row:
    words = {"kode": one.code} if one is not None else {}
    label = texts.plain(key, page.language, **words)
    return (Button(label, case_data(action, page.training.id, one.number if one else 0)),)


def _rule(texts: Texts, page: Interviews) -> Row:
    return _row(texts, page, "tombol_aturan_kasus", "rule")


def _back(texts: Texts, page: Interviews) -> Row:
    return (
        Button(texts.plain("tombol_kembali", page.language), encode("detail", page.training.id)),
    )
