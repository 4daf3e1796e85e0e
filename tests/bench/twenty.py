"""The twenty questions that both bots ask: the same labels, the same five answers, every one by a tap."""

from pathlib import Path

NAME = "post_training"
NUMBER = 20
ANSWERS = ("Sangat tidak setuju", "Tidak setuju", "Netral", "Setuju", "Sangat setuju")


def question(number: int) -> str:
    return f"Materi ke-{number} dari pelatihan ini berguna bagi tugas saya sehari-hari."


def write_form(folder: Path) -> None:
    """As an XLSForm, for our bot."""
    folder.mkdir(exist_ok=True)
    asked = (
        f"| | select_one setuju | q{number:02} | {question(number)} | yes |"
        for number in range(1, NUMBER + 1)
    )
    offered = (f"| | setuju | {code} | {label} |" for code, label in enumerate(ANSWERS, 1))
    lines = (
        "| survey | type | name | label::Bahasa Indonesia (id) | required |",
        *asked, "", "| choices | list_name | name | label::Bahasa Indonesia (id) |", *offered, "",
        "| settings | form_id | form_title | version | default_language |",
        f"| | {NAME} | Pascapelatihan | 1 | Bahasa Indonesia (id) |", "",
    )  # fmt: skip
    (folder / f"{NAME}.md").write_text("\n".join(lines), "utf-8")
