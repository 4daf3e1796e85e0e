import csv
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot import export_cli, roster_cli
from tests.fieldwork.test_roster import person, workbook

BAD = person(NIP="20001231202421199", Nama="Orang Lain", HP="")


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch, sqlite_url: str, tmp_path: Path) -> None:
    """As an operator's .env would have it; nobody listens at that address."""
    monkeypatch.chdir(tmp_path)
    for name, value in {
        "TELEGRAM_TOKEN": "1:TEST",
        "BOT_SECRET": "a secret of the tests, long enough",
        "DATABASE_URL": sqlite_url,
        "TELEGRAM_API_URL": "http://127.0.0.1:9",
    }.items():
        monkeypatch.setenv(name, value)


def exported_participants(folder: Path) -> str:
    assert export_cli.main(["--out", str(folder)]) == 0
    with (folder / "trainings.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return rows[0]["participants"] if rows else ""


@pytest.mark.usefixtures("settings")
def test_a_roster_is_saved_and_the_links_stand_beside_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = workbook(tmp_path / "kelas.xlsx")
    assert roster_cli.main([str(path), "--bot", "@bungo_bot"]) == 0
    said = capsys.readouterr().out
    assert "1 peserta dan 1 atasan; 2 orang baru" in said
    assert "kelas-tautan.xlsx" in said
    sheet = load_workbook(tmp_path / "kelas-tautan.xlsx").worksheets[0]
    links = [row[4] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert len(links) == 2
    assert all(str(link).startswith("https://t.me/bungo_bot?start=p") for link in links)
    assert exported_participants(tmp_path / "out") == "1"


@pytest.mark.usefixtures("settings")
def test_one_bad_row_saves_nothing_and_says_where_and_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = workbook(tmp_path / "kelas.xlsx", people=[person(), BAD])
    assert roster_cli.main([str(path), "--bot", "bungo_bot"]) == 2
    said = capsys.readouterr().out
    assert "1 siap | 1 perlu diperiksa (1 NIP bukan 18 angka)." in said
    assert "baris 3: NIP 20001231202421199 berisi 17 digit" in said
    assert "Belum ada yang disimpan" in said
    assert exported_participants(tmp_path / "out") == ""


@pytest.mark.usefixtures("settings")
def test_the_good_rows_can_be_saved_and_the_file_comes_back_with_a_column_masalah(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = workbook(tmp_path / "kelas.xlsx", people=[person(), BAD])
    assert roster_cli.main([str(path), "--good-rows", "--bot", "bungo_bot"]) == 0
    assert exported_participants(tmp_path / "out") == "1"
    sheet = load_workbook(tmp_path / "kelas-masalah.xlsx")["Peserta"]
    assert [cell.value for cell in sheet["L"]][:2] == ["Masalah", None]
    assert str(sheet["L3"].value).startswith("NIP 20001231202421199 berisi 17 digit")


@pytest.mark.usefixtures("settings")
def test_a_plain_list_goes_into_a_training_that_is_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert roster_cli.main([str(workbook(tmp_path / "kelas.xlsx")), "--bot", "x"]) == 0
    path = tmp_path / "daftar.csv"
    path.write_text("No;Nama\n1;Budi Santoso\n2;Siti Aminah\n", "utf-8")
    assert roster_cli.main([str(path), "--bot", "x"]) == 2
    assert "--training KODE" in capsys.readouterr().out
    assert roster_cli.main([str(path), "--training", "MKD-2026-2", "--bot", "x"]) == 0
    assert exported_participants(tmp_path / "out") == "2"


@pytest.mark.usefixtures("settings")
def test_checking_saves_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert roster_cli.main([str(workbook(tmp_path / "kelas.xlsx")), "--check"]) == 0
    assert "Semua 1 siap." in capsys.readouterr().out
    assert exported_participants(tmp_path / "out") == ""


@pytest.mark.usefixtures("settings")
@pytest.mark.parametrize(
    ("name", "content", "remedy"),
    [
        ("lama.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "Simpan Sebagai"),
        ("daftar.pdf", b"%PDF-1.7", "Simpan Sebagai"),
        ("tidak-ada.xlsx", None, "No such file"),
    ],
)
def test_what_cannot_be_read_gets_the_remedy(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    name: str,
    content: bytes | None,
    remedy: str,
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    assert roster_cli.main([str(path), "--check"]) == 2
    assert remedy in "".join(capsys.readouterr())


@pytest.mark.usefixtures("settings")
def test_without_telegram_the_roster_is_saved_and_the_remedy_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert roster_cli.main([str(workbook(tmp_path / "kelas.xlsx"))]) == 2
    assert "--bot NAMA_BOT" in capsys.readouterr().out
    assert exported_participants(tmp_path / "out") == "1"


@pytest.mark.usefixtures("settings")
def test_a_missing_secret_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("BOT_SECRET")
    assert roster_cli.main([str(workbook(tmp_path / "kelas.xlsx"))]) == 2
    said = capsys.readouterr().err
    assert said.startswith("BOT_SECRET is not set.")
    assert "Traceback" not in said
