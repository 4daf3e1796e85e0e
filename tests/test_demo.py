"""The whole job, played twice: the same seed gives the same files, and plain arithmetic gives the same numbers.

The recomputation reads responses.csv and codebook.csv with the standard library only; none of our code counts here.
"""

import asyncio
import csv
import re
import sys
from collections import defaultdict
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

ROOT = Path(__file__).parent.parent
FILES = (
    "summary.txt", "summary.png", "results.xlsx", "chat.txt", "responses.csv", "codebook.csv", "microdata.csv", "post_training.sav",
    "followup_alumni.sav", "followup_superior.sav", "codebook.xlsx", "codebook.md", "laporan-MKD-2026-2.docx", "laporan-MKD-2026-2.pdf",
    "MKD-2026-2-instruktur-1-dr-hasan-basri-m-m.docx",
)  # fmt: skip


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Without and with a random delay of 0 to 20 ms on each of the simulator's answers."""
    prompt, delayed = (tmp_path_factory.mktemp(name) for name in ("prompt", "delayed"))

    async def both() -> None:
        await asyncio.gather(play(prompt, 0), play(delayed, 20))

    asyncio.run(both())
    return prompt, delayed


async def play(out: Path, delay_ms: int) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "demo", "--headless", "--seed", "1",
        "--delay-ms", str(delay_ms), "--out", str(out),
        cwd=ROOT, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    output, _ = await process.communicate()
    assert process.returncode == 0, output.decode()


@pytest.mark.parametrize("name", FILES)
def test_the_same_seed_gives_the_same_file_however_slow_the_answers(
    played: tuple[Path, Path], name: str
):
    first, second = (folder / name for folder in played)
    assert first.stat().st_size > 500
    assert first.read_bytes() == second.read_bytes()


@pytest.fixture(scope="module")
def rows(played: tuple[Path, Path]) -> list[dict[str, str]]:
    with (played[0] / "responses.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def summary(played: tuple[Path, Path]) -> str:
    return (played[0] / "summary.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def codes(played: tuple[Path, Path]) -> list[dict[str, str]]:
    with (played[0] / "codebook.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def decimal(value: float) -> str:
    """One digit, half up, with a comma."""
    tenths = int(value * 10 + 0.5 + 1e-9)
    return f"{tenths // 10},{tenths % 10}"


@pytest.fixture(scope="module")
def results(rows: list[dict[str, str]], summary: str) -> list[dict[str, str]]:
    """The alumni's answers as of the Monday whose scores still stand: they move only after five new answers."""
    published = int(re.search(r"alumni \(n = (\d+)\)", summary).group(1))
    for monday in ("2027-02-08", "2027-02-01", "2027-01-25", "2027-01-18"):
        known = [
            row for row in rows
            if row["round"] == "followup_alumni"
            and row["disposition"] in {"complete", "partial"}
            and datetime.fromisoformat(row["completed_at"]) < datetime.fromisoformat(f"{monday}T08:00:00+07:00")
        ]  # fmt: skip
        if len({row["respondent"] for row in known}) == published:
            return [row for row in known if row["item"]]
    pytest.fail(f"on no Monday there were {published} responses")


@pytest.mark.parametrize(
    ("kind", "label", "unit"),
    [("followup_alumni", "Alumni", "menjawab"), ("followup_superior", "Atasan", "penilaian")],
)
def test_the_response_rates_are_those_of_the_rows(
    rows: list[dict[str, str]], summary: str, kind: str, label: str, unit: str
):
    issued = [row["disposition"] for row in rows if row["round"] == kind and not row["item"]]
    eligible = [disposition for disposition in issued if disposition != "ineligible"]
    answered = sum(disposition in {"complete", "partial"} for disposition in eligible)
    rate = decimal(100 * answered / len(eligible))
    found = re.search(rf"{label}: (\d+) dari (\d+) {unit} \(([\d,]+)%\)", summary)
    assert found is not None
    assert found.groups() == (str(answered), str(len(eligible)), rate)


def test_who_applied_it_is_counted_right(results: list[dict[str, str]], summary: str):
    frequency = [
        row["value"] for row in results if row["item"] == "b02" and row["value"]
    ]  # fmt: skip
    applied = sum(value != "0" for value in frequency)
    share = decimal(100 * applied / len(frequency))
    assert f"Sudah menerapkan: {applied} ({share}%" in summary


def test_the_indices_are_25_times_the_mean(results: list[dict[str, str]], summary: str):
    named = {
        "Dampak layanan": "b06", "Dukungan atasan": "b09", "Lingkungan kerja": "b10",
        "Kesempatan menerapkan": "b11", "Anggaran": "b12", "Sarana kerja": "b12b",
    }  # fmt: skip
    shown = re.findall(r"- ([A-Za-z ]+): indeks ([\d,]+)", summary)
    assert shown
    for label, index in shown:
        scores = [
            int(row["value"]) for row in results
            if row["item"] == named[label] and row["value"].isdigit()
        ]  # fmt: skip
        assert index == decimal(25 * sum(scores) / len(scores)), label


def test_the_barriers_are_shares_of_those_who_answered(
    results: list[dict[str, str]], codes: list[dict[str, str]], summary: str
):
    labels = {
        row["value"]: row["value_label"] for row in codes if row["item"] == "b13" and row["value"]
    }
    answers = [
        row["value"].split() for row in results
        if row["item"] == "b13" and row["value"]
    ]  # fmt: skip
    named: dict[str, int] = defaultdict(int)
    for chosen in answers:
        for code in chosen:
            named[labels[code]] += 1
    shown = re.findall(r"- ([^:\n]+): alumni ([\d,]+)%", summary)
    assert len(shown) == 3
    for label, share in shown:
        assert share == decimal(100 * named[label] / len(answers)), label
    highest = sorted(
        (named[label] for label in named if not label.startswith("Tidak ada")), reverse=True
    )
    assert [named[label] for label, _ in shown] == highest[:3]


def test_nobody_who_finished_or_refused_is_missing_a_row(rows: list[dict[str, str]]):
    issued = [row for row in rows if not row["item"]]
    keys = [(row["round"], row["respondent"], row["about"]) for row in issued]
    assert len(keys) == len(set(keys))
    in_class = [row for row in issued if row["round"] == "post_training"]
    assert len(in_class) == 30
    assert {row["disposition"] for row in in_class} >= {"complete", "refused", "noncontact"}


def test_the_workbook_shows_the_rates_of_the_rows(
    played: tuple[Path, Path], rows: list[dict[str, str]]
):
    sheet = load_workbook(played[0] / "results.xlsx")["Ringkasan"]
    table = [line for line in sheet.iter_rows(values_only=True) if line[2] in {"Dibuka", "Ditutup"}]
    shown = {str(line[1]): (line[3], line[4]) for line in table}
    names = {"Evaluasi akhir": "post_training", "Tindak lanjut": "followup_alumni", "Penilaian atasan": "followup_superior"}  # fmt: skip
    for name, kind in names.items():
        issued = [row["disposition"] for row in rows if row["round"] == kind and not row["item"]]
        eligible = [one for one in issued if one != "ineligible"]
        answered = sum(one in {"complete", "partial"} for one in eligible)
        assert shown[name] == (len(eligible), answered)


def test_the_administrator_gets_every_answer_and_no_pseudonym(
    played: tuple[Path, Path], rows: list[dict[str, str]]
):
    with (played[0] / "microdata.csv").open(encoding="utf-8", newline="") as file:
        coarse = list(csv.DictReader(file))
    kept = ("round", "item", "value", "missing")
    assert sorted(tuple(row[name] for name in kept) for row in coarse) == sorted(
        tuple(row[name] for name in kept) for row in rows
    )
    assert not {row["respondent"] for row in coarse} & {row["respondent"] for row in rows}


def test_the_chat_shows_the_whole_way(played: tuple[Path, Path]):
    chat = (played[0] / "chat.txt").read_text(encoding="utf-8")
    for milestone in ("Ya, saya bersedia", "1 dari sekitar", "Tadi: ", "[Kembali]", "Terima kasih, Bapak/Ibu",
                      "tindak lanjut Manajemen Keuangan Daerah"):  # fmt: skip
        assert milestone in chat
