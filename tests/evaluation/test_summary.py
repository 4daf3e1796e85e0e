"""The weekly text as a reader gets it."""

import re
from datetime import date
from pathlib import Path

import pytest

from evaluation.sections import short_title
from evaluation.texts import days, read_texts, short_day
from evaluation.texts import number as written
from tests.evaluation.tables import ROOT, World, class_of_thirty, response, round_, training

TEXTS = read_texts(ROOT / "config/texts", "id")
LONG = (
    "Pelatihan Penyusunan Rencana Kerja dan Anggaran Satuan Kerja Perangkat Daerah Berbasis Kinerja "
    "bagi Pejabat Pengawas dan Pelaksana di Lingkungan Pemerintah Kabupaten Bungo"
)


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> str:
    world = class_of_thirty(tmp_path_factory.mktemp("followed"), followed=22, superiors=16)
    world.tell()
    return world.text


def test_the_head_tells_the_week_before_the_monday_of_sending_and_the_office(followed: str):
    assert followed.startswith(
        "RINGKASAN EVALUASI PELATIHAN\nMinggu 25-31 Januari 2027, BKPSDMD Kab. Bungo\n\n"
        "Manajemen Keuangan Daerah Angk. II (30 peserta, selesai 16/10/2026)\n"
    )


def test_rates_tell_the_count_the_news_and_the_target(followed: str):
    text = followed
    assert "Alumni: 22 dari 30 menjawab (73,3%), bertambah 22 minggu ini. Sasaran 70%." in text
    assert "Atasan: 16 dari 30 penilaian (53,3%), bertambah 16 minggu ini. Sasaran 60%." in text


def test_the_share_that_applied_has_its_interval(followed: str):
    assert re.search(r"Sudah menerapkan: \d+ \(\d+,\d%; selang \d+,\d-\d+,\d%\)", followed)


def test_an_index_of_fewer_than_the_heading_says_has_its_own_n(followed: str):
    """Who could not judge the budget is not among its n."""
    assert "Hasil sementara alumni (n = 22)" in followed
    own = re.search(r"- Anggaran \(n = (\d+)\): indeks", followed)
    assert own is not None
    assert 5 <= int(own[1]) < 22
    assert "- Dukungan atasan: indeks" in followed


def test_alumni_and_superiors_stand_side_by_side_at_the_barriers(followed: str):
    assert re.search(r"- Anggaran terbatas: alumni \d+,\d%, atasan \d+,\d%\n", followed)


def test_the_first_action_is_the_letter_that_the_head_of_the_agency_signs(followed: str):
    assert (
        "1. Kepala Badan: surat pengingat kepada atasan untuk 14 penilaian yang belum masuk, "
        "paling lambat Kamis 4/2." in followed
    )


def test_who_is_not_connected_is_an_action_of_the_coordinator(followed: str):
    assert "Koordinator: hubungi 4 alumni yang belum terhubung, paling lambat Rabu 3/2." in followed


def test_a_main_barrier_of_a_fifth_is_an_action_with_owner_and_date(tmp_path: Path):
    world = World(
        tmp_path,
        trainings=[
            training(
                "MKD-2", round_("followup_alumni", "closed", closes_at="2027-01-29T15:30:00+07:00")
            )
        ],
    )
    for place in range(10):
        barrier = "anggaran" if place < 2 else "tidak_ada"
        world.responses += response(f"b{place}", {"b13": barrier}, kind="followup_alumni")
    world.tell()
    assert "1. Kepala OPD dan Bappeda: usulkan kegiatan penerapan ke RKA" in world.text
    assert "paling lambat Senin 1/3." in world.text


def test_another_barrier_in_own_words_is_no_trigger(tmp_path: Path):
    closed = round_("followup_alumni", "closed", closes_at="2027-01-29T15:30:00+07:00")
    world = World(tmp_path, trainings=[training("MKD-2", closed)])
    for place in range(10):
        world.responses += response(f"b{place}", {"b13": "lainnya"}, kind="followup_alumni")
    world.tell()
    assert "Tidak ada tindakan mendesak minggu ini." in world.text


def test_the_lowest_band_is_an_action_on_that_dimension(tmp_path: Path):
    world = World(
        tmp_path,
        trainings=[
            training(
                "MKD-2", round_("post_training", "closed", closes_at="2027-01-29T15:30:00+07:00")
            )
        ],
    )
    for place in range(6):
        world.responses += response(f"d{place}", {"a01": "3", "a10": "2"})
    world.tell()
    assert "Panitia pelatihan: bahas perbaikan Fasilitas (indeks 50,0)" in world.text


def test_nothing_urgent_is_said_so(tmp_path: Path):
    world = World(tmp_path, trainings=[training()])
    for place in range(6):
        world.responses += response(f"g{place}", {"a01": "4"})
    world.tell()
    assert "Tidak ada tindakan mendesak minggu ini." in world.text


def test_the_end_of_the_training_has_its_dimensions_change_and_expected_barriers(tmp_path: Path):
    world = class_of_thirty(tmp_path)
    world.tell()
    for part in ("Materi: indeks", "Instruktur: indeks", "Relevansi: indeks", "Fasilitas: indeks",
                 "Kemampuan (skala 1-5): ", "Hambatan yang diperkirakan (n = 26 yang ditanya)"):  # fmt: skip
        assert f"{part}" in world.text


def test_too_few_answers_are_counted_and_not_shown(tmp_path: Path):
    world = class_of_thirty(tmp_path, answered=4)
    world.tell()
    assert (
        "Peserta: 4 jawaban masuk. Hasil ditampilkan setelah sedikitnya 5 orang menjawab."
        in world.text
    )
    assert "indeks" not in world.text


def test_nothing_new_and_nothing_open_is_one_honest_line(tmp_path: Path):
    planned = round_("followup_alumni", "planned", opens_at="2027-02-22T08:30:00+07:00")
    world = World(tmp_path, trainings=[training("PP-1", planned, title="Pelayanan Publik")])
    world.tell()
    assert world.text == (
        "RINGKASAN EVALUASI PELATIHAN, 25-31 Januari 2027\nTidak ada jawaban baru minggu ini. "
        "Tidak ada survei yang sedang dibuka. Berikutnya: Pelayanan Publik Angk. II, tindak lanjut "
        "dibuka Senin 22/2/2027.\n"
    )


def test_no_training_at_all_is_told(tmp_path: Path):
    world = World(tmp_path)
    world.tell()
    assert "Belum ada survei berikutnya yang dijadwalkan." in world.text


def test_an_open_round_without_news_says_that_nothing_was_added(tmp_path: Path):
    world = World(tmp_path, trainings=[training()])
    for place in range(6):
        world.responses += response(
            f"o{place}", {"a01": "3"}, completed_at="2027-01-10T10:00:00+07:00"
        )
    world.tell()
    assert (
        "Peserta: 6 dari 6 menjawab (100,0%), belum bertambah minggu ini. Sasaran 90%."
        in world.text
    )


def test_half_done_responses_are_counted_beside(tmp_path: Path):
    world = World(tmp_path, trainings=[training()])
    world.responses += response("half", {"a01": "3"}, disposition="partial")
    world.tell()
    assert (
        "Peserta: 0 dari 1 menjawab (0,0%), belum bertambah minggu ini, 1 sedang mengisi."
        in world.text
    )


def test_a_summary_on_demand_tells_its_day(tmp_path: Path):
    world = class_of_thirty(tmp_path)
    world.tell(as_of="2027-02-03T10:00:00+07:00")
    assert "Keadaan per 3 Februari 2027" in world.text


def many(folder: Path, count: int, title: str = "Pelayanan Publik") -> World:
    world = class_of_thirty(folder, followed=22, superiors=16, title=title)
    for place in range(count):
        other = class_of_thirty(
            folder, answered=20, seed=place + 2, code=f"X-{place:02}", title=f"{title} {place}"
        )
        world.responses += other.responses
        world.trainings += other.trainings
    return world


@pytest.mark.parametrize(
    ("count", "title"), [(0, LONG), (1, LONG), (4, "Pelayanan Publik"), (12, LONG)]
)
def test_the_text_never_exceeds_1200_characters(tmp_path: Path, count: int, title: str):
    world = many(tmp_path, count, title)
    world.tell()
    assert len(world.text) <= 1200
    assert "PERLU TINDAKAN MINGGU INI\n1. " in world.text


def test_trainings_that_do_not_fit_are_counted(tmp_path: Path):
    world = many(tmp_path, 12)
    world.tell()
    shown = world.text.count("(30 peserta, selesai")
    assert f"Pelatihan lain yang berjalan: {13 - shown}." in world.text


def test_a_training_that_needs_action_comes_first(tmp_path: Path):
    world = World(tmp_path, trainings=[training("A", round_("post_training"), title="Tenang"),
                                       training("B", round_("post_training", not_connected=3), title="Mendesak")])  # fmt: skip
    for place in range(6):
        world.responses += response(f"a{place}", {"a01": "4"}, training="A")
        world.responses += response(f"b{place}", {"a01": "4"}, training="B")
    world.tell()
    assert world.text.index("Mendesak") < world.text.index("Tenang")


def test_the_text_is_forwardable_without_commands_or_markup(followed: str):
    assert not re.search(r"(^|\s)/[a-z]|<[a-z/]|\*|_|nan|None", followed)


def test_english_is_spoken_when_asked_for(tmp_path: Path):
    world = class_of_thirty(tmp_path)
    world.tell(language="en")
    assert "Participants: 26 of 30 answered (86.7%)" in world.text


def test_both_languages_have_the_same_keys_and_placeholders():
    other = read_texts(ROOT / "config/texts", "en")

    def holes(sentence: str) -> set[str]:
        return set(re.findall(r"{(\w+)}", sentence))

    assert {key: holes(text) for key, text in TEXTS.sentences.items()} == {
        key: holes(text) for key, text in other.sentences.items()
    }  # fmt: skip


def test_every_sentence_is_used():
    source = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "evaluation").rglob("*.py")
    )
    built = re.findall(r'f"([a-z_]+_){', source)
    terms = ("dimensi_", "indikator_", "jenis_", "kosong_", "saat_")  # looked up by Texts.name_of
    prefixes = (*built, *terms, "pemilik_", "tindakan_")
    unused = [
        key
        for key in TEXTS.sentences
        if not re.search(f"[\"']{key}[\"']", source) and not key.startswith(prefixes)
    ]
    assert unused == []


SPANS = [
    ("2027-01-25", "2027-01-31", "25-31 Januari 2027"),
    ("2027-03-29", "2027-04-04", "29 Maret-4 April 2027"),
    ("2026-12-28", "2027-01-03", "28 Desember 2026-3 Januari 2027"),
]


@pytest.mark.parametrize(("first", "last", "told"), SPANS)
def test_a_week_is_told_with_month_and_year_once(first: str, last: str, told: str):
    assert days(TEXTS, date.fromisoformat(first), date.fromisoformat(last)) == told
    assert short_day(TEXTS, date(2027, 2, 4)) == "Kamis 4/2"


def test_numbers_have_a_decimal_comma_and_a_point_for_thousands():
    assert written(TEXTS, 1234.56) == "1.234,6"


def test_a_long_title_is_cut_between_words_and_keeps_its_end():
    assert (
        short_title(LONG)
        == "Pelatihan Penyusunan Rencana Kerja dan Anggaran Satuan Kerja … Kabupaten Bungo"
    )


def test_a_title_of_one_word_is_cut_too():
    assert short_title("x" * 100) == "x" * 77 + "…"
