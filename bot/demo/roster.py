"""The workbook that the demo's coordinator has at hand: the four sheets of `import-roster`."""

from datetime import date
from pathlib import Path

from openpyxl import Workbook

from bot.demo.cast import Alumnus

CODE, TITLE, COHORT = "MKD-2026-2", "Manajemen Keuangan Daerah", "Angk. II"
FIRST_DAY, LAST_DAY = date(2026, 10, 13), date(2026, 10, 16)
INSTRUCTORS = ("Dr. Hasan Basri, M.M.", "Rosmalina, S.E., M.Ak.", "Ir. Tarmizi, M.T.")
COMPETENCES = ("menyusun SPJ sesuai aturan", "membaca laporan realisasi anggaran")
HEADERS = (
    "NIP", "Nama", "Unit Kerja", "Kelompok Unit", "Golongan", "Jabatan", "HP",
    "Nama Atasan", "NIP Atasan", "Jabatan Atasan", "HP Atasan",
)  # fmt: skip


def write_roster(path: Path, people: tuple[Alumnus, ...]) -> None:
    book = Workbook()
    book.remove(book.worksheets[0])
    training = book.create_sheet("Pelatihan")
    training.append(["Kode", "Judul", "Angkatan", "Mulai", "Selesai"])
    training.append([CODE, TITLE, COHORT, FIRST_DAY, LAST_DAY])
    participants = book.create_sheet("Peserta")
    participants.append(HEADERS)
    for one in people:
        participants.append(
            [
                one.nip, one.name, one.unit, one.unit_group, one.grade, one.position, one.phone,
                one.superior.name, one.superior.nip, one.superior.position, one.superior.phone,
            ]
        )  # fmt: skip
    for title, header, values in (
        ("Pengajar", "Nama", INSTRUCTORS),
        ("Kompetensi", "Kemampuan", COMPETENCES),
    ):
        sheet = book.create_sheet(title)
        sheet.append([header])
        for value in values:
            sheet.append([value])
    book.save(path)
