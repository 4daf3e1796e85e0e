"""A form with one mistake, the line it earns, and the one change that makes the line go away: for every finding."""

from dataclasses import dataclass
from pathlib import Path

SURVEY = "| survey | type | name | label::Indonesia (id) | label::English (en) |"
CHOICES = """\
| choices | list_name | name | label::Indonesia (id) | label::English (en) |
| | yn | ya | Ya | Yes |
| | yn | tidak | Tidak | No |"""
SETTINGS = """\
| settings | form_title | form_id | version | default_language | title_en |
| | Coba | coba | 7 | Indonesia (id) | Trial |"""
LONG = "Sangat sering sekali hampir setiap hari"


@dataclass(frozen=True, slots=True)
class Case:
    key: str
    line: str
    mend: tuple[str, str]  # this text replaced by that one: then there is no line
    survey: str
    choices: str = CHOICES
    settings: str = SETTINGS

    def written(self, folder: Path, *, mended: bool) -> Path:
        survey = self.survey if self.survey.startswith("| survey") else f"{SURVEY}\n{self.survey}"
        text = f"{survey}\n\n{self.choices}\n\n{self.settings}" + "\n"
        if mended:
            assert self.mend[0] in text
            text = text.replace(*self.mend)
        path = folder / "coba.md"
        path.write_text(text, encoding="utf-8")
        return path


def survey_with(columns: str, *rows: str) -> str:
    return "\n".join((f"{SURVEY} {columns} |", *(f"| | {row} |" for row in rows)))


def settings_with(column: str, cell: str) -> str:
    head, row = SETTINGS.splitlines()
    return f"{head} {column} |\n{row} {cell} |"


YN = "| | select_one yn | a | A? | A? |"
TEN_TEXTS = "\n".join(f"| | text | t{n} | Apa yang terjadi? | What happened? |" for n in range(10))

CASES = (
    Case(
        "cek_pembaca",
        "coba.md: survey, row 2: a: relevant cannot be used; There is no function foo(). Did you mean floor()?",
        ("foo(1)", "floor(1)"),
        survey_with("relevant", "select_one yn | a | A? | A? | foo(1)"),
    ),
    Case(
        "cek_pembaca",
        "coba.md: survey, row 2: The row has 5 cells under 4 headings; Write a pipe inside a text as \\|",
        ("Ya | tidak?", "Ya \\| tidak?"),
        "| | text | a | Ya | tidak? | Yes or no? |",
    ),
    Case(
        "cek_pembaca",
        "coba.md: survey, row 2: a: the label in en is missing; Write it in the column of that language",
        ("A? | |", "A? | A? |"),
        "| | select_one yn | a | A? | |",
    ),
    Case(
        "cek_tanpa_indonesia",
        "coba.md: survey, row 1: the form has no Indonesian (there is: en); "
        "add a column label::Bahasa Indonesia (id) and fill every row",
        ("label::English (en)", "label::Indonesia (id)"),
        "| survey | type | name | label::English (en) |\n| | select_one yn | a | A? |",
        "| choices | list_name | name | label::English (en) |\n| | yn | ya | Yes |",
        "| settings | form_title | form_id | default_language |\n| | Trial | coba | English (en) |".replace(
            "English (en)", "label::English (en)"
        ),
    ),
    Case(
        "cek_bahasa_separuh",
        'coba.md: survey, row 3: a: the section title "Materi" is missing in en; '
        "fill the label of the begin group row around this question",
        ("| Materi | |", "| Materi | Content |"),
        f"| | begin group | g | Materi | |\n{YN}\n| | end group | | | |",
    ),
    Case(
        "cek_judul_separuh",
        "coba.md: settings, row 2: warning: the title of the form is missing in en; "
        "add a column title_en to the sheet settings",
        ("Indonesia (id) |  |", "Indonesia (id) | Trial |"),
        YN,
        settings=SETTINGS.replace("Trial", ""),
    ),
    Case(
        "cek_label_panjang",
        "coba.md: survey, row 2: warning: a: the label of option ya (id) has 39 characters, a button "
        "shows 32; the options will be numbered in the text; shorten it so that it can be read on the button",
        (LONG, "Sangat sering"),
        YN,
        CHOICES.replace("| Ya |", f"| {LONG} |"),
    ),
    Case(
        "cek_daftar_panjang",
        "coba.md: survey, row 2: warning: a: 21 options, one card holds 20; the list will be shown in "
        "pages; offer fewer, or ask in steps with a choice_filter",
        ("| | yn | k20 | K20 | K20 |\n", ""),
        YN,
        CHOICES.splitlines()[0]
        + "\n"
        + "".join(f"| | yn | k{n} | K{n} | K{n} |\n" for n in range(20, -1, -1)).rstrip(),
    ),
    Case(
        "cek_teks_panjang",
        "coba.md: survey, row 3: b: the card (id) can reach 8253 UTF-16 units, one message holds 4096; "
        "shorten the text, or limit the answer it quotes with the constraint string-length(.) <= 300",
        ("| |\n| | text | b", "| string-length(.) <= 300 |\n| | text | b"),
        survey_with("constraint", "text | a | A? | A? | ", "text | b | B: ${a} | B: ok | ").replace(
            "A? |  |", "A? | |"
        ),
    ),
    Case(
        "cek_tak_tercapai",
        "coba.md: survey, row 3: b: never asked, whatever people answer (relevant: ${a} = 'mungkin'); "
        "mend the relevant, also of the groups around it, or delete the row",
        ("'mungkin'", "'ya'"),
        survey_with(
            "relevant", "select_one yn | a | A? | A? | ", "text | b | B? | B? | ${a} = 'mungkin'"
        ),
    ),
    Case(
        "cek_belum_tercapai",
        "coba.md: survey, row 3: warning: b: not reached in 2000 random walks; "
        "check relevant and choice_filter with python -m bot pretest",
        ("'^z{9}$'", "'.*'"),
        survey_with(
            "relevant", "text | a | A? | A? | ", "text | b | B? | B? | regex(${a}, '^z{9}$')"
        ),
    ),
    Case(
        "cek_batasan_mustahil",
        "coba.md: survey, row 2: a: no answer satisfies the constraint . = 'mungkin'; "
        "mend the constraint; the dot (.) is the answer to this question",
        (". = 'mungkin'", ". = 'ya'"),
        survey_with("constraint", "select_one yn | a | A? | A? | . = 'mungkin'"),
    ),
    Case(
        "cek_batasan_mustahil",
        "coba.md: survey, row 2: a: no answer satisfies the constraint . > 9 and . < 3; "
        "mend the constraint; the dot (.) is the answer to this question",
        (". > 9 and . < 3", ". > 3 and . < 9"),
        survey_with("constraint", "integer | a | A? | A? | . > 9 and . < 3"),
    ),
    Case(
        "cek_saringan_mustahil",
        "coba.md: survey, row 3: b: the choice_filter prov = ${a} never leaves an option, so the question "
        "cannot be asked; let the column on the sheet choices hold the codes of the answer it refers to",
        ("| Muara Bungo | jambi |", "| Muara Bungo | ya |"),
        survey_with(
            "required | choice_filter",
            "select_one yn | a | A? | A? | | ",
            "select_one kota | b | B? | B? | yes | prov = ${a}",
        ),
        """\
| choices | list_name | name | label::Indonesia (id) | label::English (en) | prov |
| | yn | ya | Ya | Yes | |
| | yn | tidak | Tidak | No | |
| | kota | bungo | Muara Bungo | Muara Bungo | jambi |""",
    ),
    Case(
        "cek_pilihan_tak_tampil",
        "coba.md: survey, row 3: warning: b: the option bungo never passes the choice_filter; "
        "mend the choice_filter, or delete the option from its list",
        ("| Muara Bungo | jambi |", "| Muara Bungo | ya |"),
        survey_with(
            "choice_filter",
            "select_one yn | a | A? | A? | ",
            "select_one kota | b | B? | B? | prov = ${a}",
        ),
        """\
| choices | list_name | name | label::Indonesia (id) | label::English (en) | prov |
| | yn | ya | Ya | Yes | |
| | yn | tidak | Tidak | No | |
| | kota | tebo | Tebo | Tebo | tidak |
| | kota | bungo | Muara Bungo | Muara Bungo | jambi |""",
    ),
    Case(
        "cek_spss_panjang",
        f"coba.md: survey, row 2: {'a' * 65}: the name is too long for SPSS (65 bytes, at most 64); "
        "shorten it in the column name",
        ("a" * 65, "a" * 64),
        f"| | select_one yn | {'a' * 65} | A? | A? |",
    ),
    Case(
        "cek_spss_kata",
        "coba.md: survey, row 2: by: the name is a reserved word of SPSS (ALL, AND, BY, EQ, GE, GT, LE, LT, "
        "NE, NOT, OR, TO, WITH); add a number or a word, such as by_1",
        ("| by |", "| by_1 |"),
        "| | select_one yn | by | A? | A? |",
    ),
    Case(
        "cek_spss_garis",
        "coba.md: survey, row 2: warning: a_: a name ending with an underscore may collide with names that "
        "SPSS makes; delete the underscore at the end",
        ("| a_ |", "| a |"),
        "| | select_one yn | a_ | A? | A? |",
    ),
    Case(
        "cek_anonim_tautan",
        "coba.md: survey, row 2: a: an anonymous form cannot use the column pair, because it ties answers "
        "to the person; empty the column pair, or delete anonymous on the sheet settings",
        ("| k1 |", "| |"),
        survey_with("pair", "select_one yn | a | A? | A? | k1"),
        settings=settings_with("anonymous", "yes"),
    ),
    Case(
        "cek_anonim_kutip",
        "coba.md: survey, row 3: a: an anonymous form cannot quote ${komitmen_t0}, because it ties answers "
        "to the person; take it out of the text, or delete anonymous on the sheet settings",
        ("komitmen_t0", "nama_pelatihan"),
        "| | hidden | komitmen_t0 | | |\n| | select_one yn | a | ${komitmen_t0}: masih? | Still? |",
        settings=settings_with("anonymous", "yes"),
    ),
    Case(
        "cek_anonim_kata",
        "coba.md: settings, row 2: the column anonymous holds an unknown word: mungkin; "
        "write yes, or leave it empty",
        ("mungkin", "yes"),
        YN,
        settings=settings_with("anonymous", "mungkin"),
    ),
    Case(
        "cek_menit_kata",
        "coba.md: settings, row 2: the column minutes holds no number: lima; "
        "write how many minutes, such as 5",
        ("lima", "5"),
        YN,
        settings=settings_with("minutes", "lima"),
    ),
    Case(
        "cek_terlalu_lama",
        "coba.md: settings, row 2: the form promises 2 minutes, but by estimate takes 4; "
        "ask less, or promise the true time in the column minutes and in the introduction",
        ("| 2 |", "| 5 |"),
        TEN_TEXTS,
        settings=settings_with("minutes", "2"),
    ),
    Case(
        "cek_terlalu_lama",
        "coba.md: settings, row 2: the form promises 2 minutes, but by estimate takes 4; "
        "ask less, or promise the true time in the column minutes and in the introduction",
        ("1-2 menit", "4-5 menit"),
        f"| | note | n | Sekitar 1-2 menit. | A few moments. |\n{TEN_TEXTS}",
    ),
)
