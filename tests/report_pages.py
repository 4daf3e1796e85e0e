"""`python -m tests.report_pages OUT`: pictures of what the demo left in OUT, kept in docs/report for the README.

The PDF's pages as they are; the Word file and the workbook as LibreOffice prints them. Needs Debian's poppler-utils and
libreoffice. Grey levels and colours are reduced, which nobody sees and keeps a page small.
"""

import argparse
import io
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "report"
PAGES = {  # picture -> file of the demo, and the words its page begins with
    "cover": ("laporan-*.pdf", "PEMERINTAH"),
    "summary": ("laporan-*.pdf", "Ringkasan Eksekutif"),
    "results": ("laporan-*.pdf", "BAB IV"),
    "plan": ("laporan-*.pdf", "BAB X"),
    "word": ("laporan-*.docx", "BAB III"),
    "instructor": ("*-instruktur-1-*.docx", "PEMERINTAH"),
    "workbook": ("results.xlsx", "Hasil evaluasi"),
}
RESOLUTION, COLOURS, MOST_BYTES = 70, 64, 150_000


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.report_pages")
    parser.add_argument("made", type=Path, help="what `make demo` left")
    made: Path = parser.parse_args().made
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bungo-pages-") as name:
        for picture, (pattern, begins) in PAGES.items():
            pdf = _as_pdf(next(iter(sorted(made.glob(pattern)))), Path(name))
            keep(_drawn(pdf, _page(pdf, begins)), FOLDER / f"{picture}.png")
    return 0


def keep(png: bytes, path: Path) -> None:
    with Image.open(io.BytesIO(png)) as page:
        few = page.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        few.save(path, optimize=True)
    size = path.stat().st_size
    sys.stdout.write(f"{path.name:16} {size:>7} bytes\n")
    if size > MOST_BYTES:
        raise SystemExit(f"{path.name} has {size} bytes, more than {MOST_BYTES}")


def _as_pdf(path: Path, folder: Path) -> Path:
    if path.suffix == ".pdf":
        return path
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    _run("soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(folder), str(path))  # fmt: skip
    return folder / f"{path.stem}.pdf"


def _page(pdf: Path, begins: str) -> int:
    """The last page that begins so: the first of the same words are those of the contents."""
    pages = _run("pdftotext", "-layout", str(pdf), "-").decode().split("\f")
    return max(at for at, text in enumerate(pages, start=1) if text.lstrip().startswith(begins))


def _drawn(pdf: Path, page: int) -> bytes:
    at = ("-f", str(page), "-l", str(page), "-r", str(RESOLUTION))
    return _run("pdftoppm", "-png", *at, str(pdf))


def _run(*command: str) -> bytes:
    return subprocess.run(command, check=True, capture_output=True).stdout


if __name__ == "__main__":
    sys.exit(main())
