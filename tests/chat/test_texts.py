import re
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.chat.texts import ROOMS, Texts, load_texts, placeholders, spell
from bot.errors import StudyError
from bot.survey.prompts import NOTICES
from tests.sentences import TEXTS

ROOT = Path(__file__).parents[2]
DIRECTORY = ROOT / "config" / "texts"
SAYING = re.compile(
    r"""(?:Say|say|plain|button)\(\s*\n?\s*"([a-z0-9_]+)"|key="([a-z0-9_]+)"|"(tombol_[a-z0-9_]+)\""""
)
MINE = (
    *sorted((ROOT / "bot" / "fieldwork").rglob("*.py")),
    *sorted((ROOT / "bot" / "chat").glob("*.py")),
    *sorted((ROOT / "bot" / "chat" / "handlers").glob("*.py")),
)


def po(directory: Path, language: str, **sentences: str) -> None:
    entries = "\n".join(f'msgid "{key}"\nmsgstr "{text}"\n' for key, text in sentences.items())
    (directory / f"chat.{language}.po").write_text(entries, encoding="utf-8")


def test_both_languages_are_there():
    assert set(TEXTS.languages()) == {"id", "en"}


def test_every_key_used_in_the_code_has_its_sentence():
    used = {
        key
        for path in MINE
        for found in SAYING.findall(path.read_text(encoding="utf-8"))
        for key in found
        if key
    }
    assert len(used) > 100
    assert not used - TEXTS.keys()


def test_every_notice_of_the_survey_has_a_sentence_that_its_arguments_fill():
    for key, arguments in NOTICES.items():
        filled = dict.fromkeys(arguments, "1")
        assert TEXTS.say(key, "id", **filled)
        assert TEXTS.say(key, "en", **filled)


def test_no_sentence_promises_that_nobody_can_know():
    for language in TEXTS.languages():
        for key, template in TEXTS.sentences[language].items():
            if key.startswith("cek_") or key.endswith("_anonim"):
                continue  # what authors are told of anonymous forms, and who answers one
            assert "anonim" not in template.lower(), key
            assert "anonym" not in template.lower(), key


def test_no_key_stands_in_two_files():
    seen: dict[str, str] = {}
    for path in (DIRECTORY / f"{room}.id.po" for room in ROOMS):
        for key in re.findall(r'^msgid "(.+)"$', path.read_text(encoding="utf-8"), re.MULTILINE):
            assert key not in seen, f"{key} in {path.name} and {seen[key]}"
            seen[key] = path.name


@pytest.mark.parametrize(
    ("key", "promise"),
    [
        ("privasi_pendek", "Atasan tidak melihat jawaban Bapak/Ibu."),
        ("privasi_pendek", "Koordinator melihat siapa yang sudah mengisi, bukan isi jawabannya."),
        ("privasi_pendek", "minimal {k_min} orang"),
        ("privasi_lengkap", "Tidak dipakai untuk SKP, promosi, atau hukuman."),
        ("privasi_lengkap", "Hak Bapak/Ibu: melihat /datasaya, memperbaiki /koreksi, menghapus"),
        ("privasi_atasan", "Jawaban tidak ditampilkan kepada alumni."),
        ("menolak", "Kami tidak akan mengirim pengingat untuk survei ini."),
        ("hapus_konfirmasi", "termasuk rekaman suara dan penilaian atasan tentang Bapak/Ibu"),
        ("bukan_untuk_saya", "tidak ada data Bapak/Ibu yang disimpan"),
    ],
)
def test_the_promises_stand_word_for_word(key: str, promise: str):
    assert promise in TEXTS.sentences["id"][key]


def test_no_notice_over_a_tap_is_longer_than_telegram_shows():
    for language in TEXTS.languages():
        for key in ("tombol_lama", "tombol_lama_selesai", "pilih_dahulu"):
            assert len(TEXTS.plain(key, language)) <= 200
        assert len(TEXTS.plain("terlalu_banyak_pilihan", language, maks="3")) <= 200


def test_what_is_piped_into_a_message_is_escaped_and_into_a_button_is_not():
    texts = Texts({"id": {"halo": "<b>Halo</b> {nama}"}})
    assert texts.say("halo", "id", nama="A_<B> & C") == "<b>Halo</b> A_&lt;B&gt; &amp; C"
    assert texts.plain("halo", "id", nama="A_<B> & C") == "<b>Halo</b> A_<B> & C"


def test_braces_in_a_name_are_only_letters():
    texts = Texts({"id": {"halo": "Halo {nama}"}})
    assert texts.say("halo", "id", nama="{nama} {0}") == "Halo {nama} {0}"


@pytest.mark.parametrize(
    ("value", "language", "written"),
    [
        (date(2027, 2, 3), "id", "Rabu, 3 Februari 2027"),
        (date(2027, 2, 3), "en", "Wednesday, 3 February 2027"),
        (
            datetime(2027, 2, 3, 2, 5, tzinfo=UTC).astimezone(ZoneInfo("Asia/Jakarta")),
            "id",
            "Rabu, 3 Februari 2027 pukul 09.05 WIB",
        ),
        (2.5, "id", "2,5"),
        (2.5, "en", "2.5"),
        (7, "id", "7"),
    ],
)
def test_dates_and_numbers_read_as_people_write_them(value, language: str, written: str):
    assert spell(value, language) == written


def test_an_unknown_language_falls_back_to_indonesian():
    assert TEXTS.plain("tombol_kembali", "fr") == "Kembali"


def test_a_key_that_one_language_lacks_is_refused_at_the_start(tmp_path: Path):
    po(tmp_path, "id", satu="Satu", dua="Dua")
    po(tmp_path, "en", satu="One")
    with pytest.raises(StudyError, match="dua stands in only one of the languages"):
        load_texts(tmp_path)


def test_other_placeholders_are_refused_at_the_start(tmp_path: Path):
    po(tmp_path, "id", satu="Satu {nama}")
    po(tmp_path, "en", satu="One {name}")
    with pytest.raises(StudyError, match="satu has other placeholders"):
        load_texts(tmp_path)


def test_a_broken_file_is_named(tmp_path: Path):
    (tmp_path / "chat.id.po").write_text('msgid "satu\nmsgstr', encoding="utf-8")
    with pytest.raises(StudyError, match=r"chat\.id\.po"):
        load_texts(tmp_path)


def test_an_empty_sentence_is_refused(tmp_path: Path):
    po(tmp_path, "id", satu="")
    with pytest.raises(StudyError, match="satu has no text"):
        load_texts(tmp_path)


def test_placeholders_are_those_between_braces():
    assert placeholders("{a} dan {b} {{bukan}}") == {"a", "b"}
