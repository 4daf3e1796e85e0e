"""The five built-in questionnaires: as agreed, in both languages, valid for others, walked to their ends."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
from pyxform.xls2xform import convert

from bot.survey.prompts import COLLECTING, Ask, Thank
from bot.survey.questionnaire import SILENT, Item, Option, Questionnaire
from bot.survey.record import Response, Tap, Turn, Typed
from bot.survey.response import answer, begin
from bot.survey.xlsform import compile_form
from tests.survey.agreed import AGREED
from tests.survey.forms import NOW

FOLDER = Path(__file__).parents[2] / "config" / "questionnaires"
LONGEST_LABEL = 32  # a button of full width on a small telephone
ENDS = {"intro", "outro"}
LEAD_IN = "Seberapa setuju Bapak/Ibu dengan pernyataan berikut?"


@cache
def questionnaire(name: str) -> Questionnaire:
    return compile_form(FOLDER / f"{name}.md")


def described(item: Item) -> str:
    """An item as a line of AGREED."""
    counts = "-" if item.kind == "note" else "required" if item.required else "optional"
    most = item.constraint.partition("(.) ")[2]
    kind = "voice" if item.voice else item.kind
    codes = " ".join(_code(option) for option in item.options)
    return f"{item.name:8}| {kind:15} | {counts:8} | {most:6} | {codes}".rstrip(" |")


def _code(option: Option) -> str:
    score = "" if option.score is None else f"{option.score:g}"
    return option.code if score in {"", option.code} else f"{option.code}:{score}"


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


@pytest.mark.parametrize("form", AGREED)
def test_a_form_is_xlsform_for_everybody_without_a_warning(form):
    assert convert(str(FOLDER / f"{form}.md"), validate=False).warnings == []


@pytest.mark.parametrize("form", AGREED)
def test_a_form_asks_exactly_what_was_agreed_in_that_order(form):
    visible = [item for item in questionnaire(form).items if item.kind not in SILENT]
    asked = [described(item) for item in visible if item.name not in ENDS]
    assert asked == lines(AGREED[form])


@pytest.mark.parametrize("form", AGREED)
def test_a_form_greets_first(form):
    visible = [item.name for item in questionnaire(form).items if item.kind not in SILENT]
    assert visible[0] == "intro"


@pytest.mark.parametrize("form", AGREED)
def test_every_label_fits_its_button_in_both_languages(form):
    labels = {
        text
        for item in questionnaire(form).items
        for option in item.options
        for text in option.labels.values()
    }
    assert [text for text in labels if len(text) > LONGEST_LABEL] == []


@pytest.mark.parametrize("form", AGREED)
def test_every_question_has_a_section_and_a_dimension(form):
    asked = questionnaire(form).asked()
    assert [item.name for item in asked if not item.section.get("id") or not item.dimension] == []


@pytest.mark.parametrize("form", AGREED)
def test_no_answer_without_a_score_is_taken_for_zero(form):
    unscored = {
        "ganti"
    }  # "Rencana berubah" is an answer, but neither more nor less than the others
    for item in questionnaire(form).items:
        scored = [option for option in item.options if option.score is not None]
        rest = [option for option in item.options if option.score is None and scored]
        assert {option.code for option in rest if not option.missing} <= unscored, item.name


def test_only_hidden_values_that_the_enrolment_knows_are_piped():
    known = {
        "nama_pelatihan", "penyelenggara", "instruktur_1", "instruktur_2", "kompetensi_1",
        "kompetensi_2", "nama_alumni", "tgl_pelatihan", "tgl_tutup", "komitmen_t0", "kasus",
        "pertama",
    }  # fmt: skip
    hidden = {i.name for form in AGREED for i in questionnaire(form).items if i.kind == "hidden"}
    assert hidden <= known


def test_every_agreement_card_opens_with_the_question_behind_it():
    for form in AGREED:
        for item in questionnaire(form).items:
            agreement = any(option.labels["id"] == "Kurang setuju" for option in item.options)
            assert (item.hints.get("id") == LEAD_IN) == agreement, item.name


def test_alumni_and_superiors_see_the_same_obstacles():
    obstacles = [
        {option.code for option in questionnaire(form).item(name).options} - {"tt"}
        for form, name in (
            ("post_training", "a16"), ("followup_alumni", "b13"), ("followup_superior", "c08"),
            ("followup_peer", "r08"),
        )
    ]  # fmt: skip
    assert all(one == obstacles[0] for one in obstacles)


def test_peers_are_asked_what_superiors_are_but_for_what_only_a_superior_can_give():
    asked, of_peers = questionnaire("followup_superior"), questionnaire("followup_peer")
    same = [item for item in asked.items if item.name[0] == "c" and item.name != "c07"]
    peers = [item for item in of_peers.items if item.name[0] == "r"]
    assert [item.name[1:] for item in peers] == [item.name[1:] for item in same]
    assert [item.labels["id"].replace("r01", "c01") for item in peers] == [
        item.labels["id"] for item in same
    ]
    (other,) = (
        after.labels["id"]
        for before, after in zip(same[0].options, peers[0].options, strict=True)
        if before.labels != after.labels
    )
    assert other == "Saya tidak bekerja dengannya"


def test_before_now_and_later_are_asked_on_the_same_scale():
    scales = {
        tuple(option.labels["id"] for option in item.options)
        for form in AGREED
        for item in questionnaire(form).items
        if item.pair
    }
    assert len(scales) == 1


def test_the_branch_of_the_interview_is_never_told():
    sections = {
        item.section["id"] for item in questionnaire("interview").items if "kasus" in item.relevant
    }
    assert sections == {"Pengalaman"}
    texts = (text for item in questionnaire("interview").items for text in item.labels.values())
    assert not any("kasus" in text for text in texts)


# ---- walked: what is asked, given these answers; whatever is not given takes the first option

Answers = Mapping[str, str]


def walked(form: str, hidden: Answers, given: Answers) -> tuple[list[str], Turn]:
    whole = questionnaire(form)
    turn = begin(whole, Response(1, form, whole.version, hidden=hidden), NOW)
    asked: list[str] = []
    while isinstance(turn.prompt, Ask):
        name = turn.prompt.item.name
        asked.append(name)
        turn = _answered(whole, turn, given.get(name))
        assert len(asked) <= len(whole.items)
    return asked, turn


def _answered(whole: Questionnaire, turn: Turn, value: str | None) -> Turn:
    before = turn.prompt.item.name
    if turn.prompt.item.kind == "text":
        turn = answer(whole, turn.response, Typed(value or "Contoh jawaban."), NOW)
        while isinstance(turn.prompt, Ask) and turn.prompt.awaiting in COLLECTING:
            turn = _tapped(whole, turn, "done", "")
    elif value == "skip":
        turn = _tapped(whole, turn, "skip", "")
    elif turn.prompt.item.kind == "select_multiple":
        for code in (value or turn.prompt.options[0].code).split():
            turn = _tapped(whole, turn, "on", code)
            if isinstance(turn.prompt, Ask) and turn.prompt.awaiting == "other":
                turn = answer(whole, turn.response, Typed("Lain sekali"), NOW)
        if isinstance(turn.prompt, Ask) and turn.prompt.item.name == before:
            turn = _tapped(whole, turn, "done", "")
    else:
        turn = _tapped(whole, turn, "choose", value or turn.prompt.options[0].code)
    if isinstance(turn.prompt, Ask) and turn.prompt.awaiting == "other":
        turn = answer(whole, turn.response, Typed("Lain sekali"), NOW)
    if isinstance(turn.prompt, Ask) and turn.prompt.awaiting == "skip_confirm":
        turn = _tapped(whole, turn, "skip_yes", "")
    return turn


def _tapped(whole: Questionnaire, turn: Turn, action: str, value: str) -> Turn:
    state = turn.response
    return answer(whole, state, Tap(action, state.current or "", state.revision, value), NOW)


ONE = {"nama_pelatihan": "Pelatihan", "instruktur_1": "Ibu Contoh"}
TWO = {**ONE, "instruktur_2": "Bapak Contoh", "kompetensi_1": "menyusun RKA", "kompetensi_2": "SPJ"}
WALKS = [
    ("post_training", ONE, {}, "a04_1 a15", "a04_2 a11_now a12_now a16"),
    ("post_training", TWO, {}, "a04_1 a06_2 a11_now a11_pre a12_now a12_pre a15", "a16"),
    ("post_training", TWO, {"a14": "mungkin"}, "a15 a16", ""),
    ("post_training", TWO, {"a14": "ragu"}, "a16", "a15"),
    ("post_training", TWO, {"a14": "tidak", "a16": "tidak_ada"}, "a16", "a15"),
    ("post_training", TWO, {"a14": "skip"}, "a17 a18p a18", "a15 a16"),
    ("post_training", ONE, {"a00": "lainnya", "a18p": "kasus lainnya"}, "a00b a18", ""),
    ("followup_alumni", ONE, {"b02": "0"}, "b09 b13 b18 b19", "b03 b04 b05 b06 b06b b07 b04k b17"),
    ("followup_alumni", ONE, {"b02": "skip"}, "b09", "b03 b04 b05 b06"),
    ("followup_alumni", ONE, {"b02": "1", "b06": "2", "b06b": "3"}, "b03 b04 b05 b06b", "b07 b08"),
    ("followup_alumni", ONE, {"b02": "4", "b06": "3", "b06b": "tb"}, "b07 b08", ""),
    ("followup_alumni", ONE, {"b02": "4", "b06": "tt", "b06b": "4"}, "b07 b08", ""),
    ("followup_alumni", ONE, {"b02": "4", "b06": "tt", "b06b": "tt"}, "b09", "b07 b08"),
    ("followup_alumni", ONE, {"b02": "4", "b06": "4", "b07": "kesan"}, "b07", "b08"),
    ("followup_alumni", ONE, {"b13": "waktu"}, "b13 b15", "b14"),
    ("followup_alumni", ONE, {"b13": "waktu rekan"}, "b14", ""),
    ("followup_alumni", {**TWO, "komitmen_t0": "Daftar periksa"}, {}, "b04k b17 b17b", ""),
    ("followup_superior", {"pertama": "1"}, {"c05": "3"}, "c02 c05 c06 c07 c08 c09", ""),
    ("followup_superior", {"pertama": "1"}, {"c05": "tt"}, "c05 c07", "c06"),
    ("followup_superior", {"pertama": "0"}, {"c01": "kadang"}, "c02 c05", "c07 c08 c09"),
    ("followup_superior", {"pertama": "1"}, {"c01": "tidak"}, "c07 c08 c09", "c02 c03 c04 c04b c05"),
    ("followup_peer", {"pertama": "1"}, {"r05": "3"}, "r02 r05 r06 r08 r09", ""),
    ("followup_peer", {"pertama": "0"}, {"r01": "tidak"}, "r01", "r02 r05 r08 r09"),
    ("interview", {"kasus": "berhasil"}, {}, "d00 d01 d10 d14b d15 d30 d31", "d20 d24"),
    ("interview", {"kasus": "belum_berhasil"}, {}, "d00 d01 d20 d24 d30 d31", "d10 d14b d15"),
]  # fmt: skip


@pytest.mark.parametrize(("form", "hidden", "given", "asked", "not_asked"), WALKS)
def test_a_walk_asks_what_applies_and_ends_in_thanks(form, hidden, given, asked, not_asked):
    met, turn = walked(form, hidden, given)
    assert set(asked.split()) <= set(met)
    assert set(not_asked.split()).isdisjoint(met)
    assert isinstance(turn.prompt, Thank)
    assert turn.response.disposition == "complete"


@pytest.mark.parametrize(
    ("form", "given", "last"),
    [
        ("followup_alumni", {"b01": "keluar"}, "b01"),
        ("followup_superior", {"c01": "bukan"}, "c01"),
        ("followup_peer", {"r01": "bukan"}, "r01"),
    ],
)
def test_who_cannot_answer_is_thanked_at_once(form, given, last):
    met, turn = walked(form, {"pertama": "1"}, given)
    assert met[-1] == last
    assert turn.response.disposition == "ineligible"


@pytest.mark.parametrize(
    ("given", "main"),
    [
        ({"b13": "waktu"}, "waktu"),
        ({"b13": "waktu anggaran", "b14": "anggaran"}, "anggaran"),
        ({"b13": "tidak_ada"}, None),
        ({"b13": "skip"}, None),
        ({"b13": "lainnya"}, "lainnya"),
    ],
)
def test_the_main_obstacle_is_known_also_when_only_one_was_named(given, main):
    _, turn = walked("followup_alumni", ONE, given)
    held = turn.response.answers.get("hambatan_utama")
    assert (held.value if held else None) == main


def test_each_instructor_card_says_which_of_how_many():
    whole = questionnaire("post_training")
    turn = begin(whole, Response(1, whole.name, whole.version, hidden=TWO), NOW)
    hints = {}
    while isinstance(turn.prompt, Ask):
        hints[turn.prompt.item.name] = turn.prompt.hint
        turn = _answered(whole, turn, None)
    assert (hints["a04_1"], hints["a06_2"]) == ("Pengajar 1 dari 2", "Pengajar 2 dari 2")
