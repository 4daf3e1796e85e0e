import csv
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot import export_cli, roster_cli
from tests.fieldwork.test_roster import person, workbook


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
    rows = [person(), person(NIP="20001231202421199", Nama="Orang Lain")]
    path = workbook(tmp_path / "kelas.xlsx", people=rows)
    assert roster_cli.main([str(path), "--bot", "bungo_bot"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("Peserta, baris 3: NIP 20001231202421199 berisi 17 digit")
    assert "belum ada yang disimpan" in said
    assert exported_participants(tmp_path / "out") == ""


@pytest.mark.usefixtures("settings")
def test_checking_saves_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert roster_cli.main([str(workbook(tmp_path / "kelas.xlsx")), "--check"]) == 0
    assert "Belum disimpan" in capsys.readouterr().out
    assert exported_participants(tmp_path / "out") == ""


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
