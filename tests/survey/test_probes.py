"""After a short open answer the form's further question: once, with a way on, and never to who has said enough."""

import pytest

from bot.survey.prompts import Ask
from bot.survey.record import Attached, Reply, Tap, Turn, Typed
from bot.survey.response import answer
from tests.survey.forms import form, item, later, started, tapped

FORM = form(
    item("cerita", "text", voice=True, probes=({"id": "Kapan?", "en": "When?"}, {"id": "Siapa?"})),
    item("lain", "text", voice=True),
)
LONG = "Daftar periksa SPJ dipakai seluruh bidang sejak Januari, sehingga berkas tidak lagi bolak-balik dua kali."


def voice(seconds: int) -> Attached:
    return Attached("voice", "AwADBAAD", seconds)


def said(turn: Turn, *replies: Reply) -> Turn:
    for reply in replies:
        turn = answer(FORM, turn.response, reply, later(60))
    return turn


def done(turn: Turn) -> Turn:
    return tapped(FORM, turn, "done")


def noticed(turn: Turn) -> tuple[str, dict[str, str]]:
    assert isinstance(turn.prompt, Ask)
    assert turn.prompt.notice is not None
    return turn.prompt.notice.key, dict(turn.prompt.notice.arguments)


@pytest.mark.parametrize(("language", "probe"), [("id", "Kapan?"), ("en", "When?")])
def test_a_short_answer_is_asked_about_in_the_persons_language(language: str, probe: str):
    turn = done(said(started(FORM, language=language), Typed("Daftar periksa.")))
    assert (turn.response.current, turn.response.awaiting) == ("cerita", "probe")
    assert noticed(turn) == ("gali", {"pertanyaan": probe})


@pytest.mark.parametrize(
    ("replies", "is_asked"),
    [
        ((Typed(LONG),), False),
        ((Typed("Sudah."), Typed(LONG)), False),
        ((voice(40),), False),
        ((voice(4),), True),
        ((Typed("x" * 99),), True),
        ((Typed("x" * 100),), False),
    ],
)
def test_enough_was_said_by_letters_or_by_seconds(replies: tuple[Reply, ...], is_asked: bool):
    turn = done(said(started(FORM), *replies))
    assert turn.response.awaiting == ("probe" if is_asked else "")


def test_what_is_answered_to_it_joins_the_answer_and_it_is_not_asked_again():
    turn = done(said(started(FORM), Typed("Daftar periksa.")))
    turn = said(turn, Typed("Januari."))
    assert turn.response.awaiting == "probed"
    assert noticed(turn)[0] == "tulisan_diterima"
    turn = done(turn)
    assert turn.response.current == "lain"
    assert turn.response.answers["cerita"].value == "Daftar periksa.\nJanuari."
    assert turn.response.answers["cerita"].revised == 0


@pytest.mark.parametrize("action", ["done", "skip"])
def test_one_may_go_on_without_answering_it(action: str):
    turn = done(said(started(FORM), Typed("Daftar periksa.")))
    turn = tapped(FORM, turn, action)  # type: ignore[arg-type]
    assert turn.response.current == "lain"
    assert turn.response.answers["cerita"].missing == ""


def test_a_second_tap_on_the_former_selesai_does_not_pass_over_it():
    before = said(started(FORM), Typed("Daftar periksa."))
    tap = Tap("done", "cerita", before.response.revision)
    first = answer(FORM, before.response, tap, later(70))
    doubled = answer(FORM, first.response, tap, later(3600))
    assert (doubled.response.current, doubled.response.awaiting) == ("cerita", "probe")


def test_an_answer_that_was_written_anew_on_a_later_visit_is_not_asked_about_again():
    turn = done(done(said(started(FORM), Typed("Daftar periksa."))))
    turn = done(said(tapped(FORM, turn, "back"), Typed("Lembar periksa.")))
    assert turn.response.current == "lain"


def test_hapus_rekam_ulang_takes_the_recording_out_of_the_data():
    turn = done(said(started(FORM), voice(4)))
    assert isinstance(turn.prompt, Ask)
    assert turn.prompt.is_spoken
    turn = tapped(FORM, turn, "clear")
    assert "cerita" not in turn.response.answers
    assert [gone.value for gone in turn.dropped] == ["[voice 4 AwADBAAD]"]


def test_a_question_without_probes_goes_on_at_once():
    turn = done(done(said(started(FORM), Typed("Daftar periksa."))))
    assert done(said(turn, Typed("Tidak."))).response.stage == "done"
