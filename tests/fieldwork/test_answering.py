from functools import partial

import pytest
from sqlalchemy import Connection, func, select, update

from bot.errors import StaleResponse
from bot.fieldwork import answering, consent, conversation, pausing, reviewing
from bot.fieldwork.conversation import attend
from bot.fieldwork.records import Card, Outcome, Written
from bot.fieldwork.tapping import Tapped
from bot.store import accounts, people, questionnaires, responses, tables
from bot.survey.prompts import Ask, Review
from bot.survey.record import Tap
from bot.survey.response import answer
from tests.fieldwork.field import (
    CHAT,
    NOW,
    STUDY,
    add_person,
    add_training,
    attended,
    classroom,
    connect,
    enrol,
    keys,
    later,
    only_say,
    open_round,
    planned_contacts,
    questionnaire,
    response_of,
    study,
    visit,
)


def begun(connection: Connection, *names: str) -> tuple[int, int]:
    """(person, response) of somebody who agreed and sees the first question."""
    _, (person_id, *_), round_id = classroom(connection, *names)
    attended(connection, partial(answering.agree, round_id=round_id, more=""))
    return person_id, response_of(connection, person_id).response.id


def tap(
    connection: Connection,
    response_id: int,
    item: str,
    action: str,
    value: str = "",
    **changes: int,
) -> Outcome:
    """A tap on the present card."""
    revision = connection.execute(
        select(tables.responses.c.revision).where(tables.responses.c.id == response_id)
    ).scalar_one()
    position = list(questionnaire().named).index(item)
    tapped = Tapped(response_id, position, changes.get("revision", revision), action, value)
    return attended(
        connection, partial(answering.tap, tapped=tapped), chat_id=changes.get("chat_id", CHAT)
    )


def write(connection: Connection, text: str, **changes: object) -> Outcome:
    written = Written(text, NOW, **changes)  # type: ignore[arg-type]
    return attended(connection, partial(conversation.typed, written=written))


def complete(connection: Connection, response_id: int) -> Outcome:
    tap(connection, response_id, "a01", "choose", "setuju")
    tap(connection, response_id, "a02", "on", "waktu")
    tap(connection, response_id, "a02", "done")
    write(connection, "12")
    return write(connection, "Memakai daftar periksa SPJ.")


def test_nothing_is_asked_before_consent(connection: Connection):
    _, _, round_id = classroom(connection)
    outcome = attended(connection, partial(answering.begin, round_id=round_id))
    assert keys(outcome) == ["privasi_pendek"]


def test_a_forged_answer_before_consent_brings_the_notice_and_records_nothing(
    connection: Connection,
):
    _, (person_id,), _ = classroom(connection)
    outcome = tap(
        connection, response_of(connection, person_id).response.id, "a01", "choose", "setuju"
    )
    assert keys(outcome) == ["privasi_pendek"]
    assert not response_of(connection, person_id).response.answers


def test_consent_is_recorded_with_its_version_and_the_first_question_follows(
    connection: Connection,
):
    _, (person_id,), round_id = classroom(connection)
    outcome = attended(connection, partial(answering.agree, round_id=round_id, more=""))
    assert keys(outcome) == ["persetujuan_tercatat", "card:a01"]
    given = people.last_consent(connection, person_id, round_id)
    assert given == people.Consent(
        given=True, on_behalf=False, notice_version=STUDY.office.privacy_version, at=NOW
    )


def test_agreeing_twice_leaves_one_consent(connection: Connection):
    _, _, round_id = classroom(connection)
    for _ in range(2):
        attended(connection, partial(answering.agree, round_id=round_id, more=""))
    assert connection.execute(select(func.count()).select_from(tables.consents)).scalar_one() == 1


def test_an_answer_is_stored_and_the_next_question_shown(connection: Connection):
    person_id, response_id = begun(connection)
    outcome = tap(connection, response_id, "a01", "choose", "setuju")
    assert keys(outcome) == ["card:a02"]
    assert response_of(connection, person_id).response.answers["a01"].value == "setuju"


def test_a_stale_tap_shows_the_present_card_and_changes_nothing(connection: Connection):
    person_id, response_id = begun(connection)
    tap(connection, response_id, "a01", "choose", "setuju")
    outcome = tap(connection, response_id, "a01", "choose", "tidak", revision=1)
    assert keys(outcome) == ["card:a02"]
    assert response_of(connection, person_id).response.answers["a01"].value == "setuju"


def test_somebody_elses_response_is_refused(connection: Connection):
    _, response_id = begun(connection, "Siti Aminah", "Budi Santoso")
    other = connection.execute(
        select(tables.people.c.id).where(tables.people.c.name == "Budi Santoso")
    ).scalar_one()
    connect(connection, other, chat_id=701)
    outcome = tap(connection, response_id, "a01", "choose", "setuju", chat_id=701)
    assert keys(outcome) == ["tidak_ada_survei"]


@pytest.mark.parametrize(
    "tapped",
    [
        Tapped(0, 999, 3, "choose", "x"),
        Tapped(0, 3, 1, "explode", "x"),
        Tapped(0, 3, 1, "choose", "#99"),
        Tapped(0, 3, 1, "choose", "invented"),
        Tapped(0, 3, 1, "on", "setuju"),
    ],
    ids=["position", "action", "index", "code", "wrong kind"],
)
def test_an_invented_button_brings_the_present_card(connection: Connection, tapped: Tapped):
    person_id, response_id = begun(connection)
    forged = Tapped(response_id, tapped.position, tapped.revision, tapped.action, tapped.value)
    outcome = attended(connection, partial(answering.tap, tapped=forged))
    assert keys(outcome) == ["card:a01"]
    assert not response_of(connection, person_id).response.answers


def test_a_changed_answer_keeps_the_old_one_in_the_history(connection: Connection):
    person_id, response_id = begun(connection)
    tap(connection, response_id, "a01", "choose", "setuju")
    tap(connection, response_id, "a02", "back")
    tap(connection, response_id, "a01", "choose", "tidak")
    assert response_of(connection, person_id).response.answers["a01"].value == "tidak"
    (replaced,) = responses.history_of(connection, response_id)
    assert (replaced["item"], replaced["value"]) == ("a01", "setuju")


def test_the_last_answer_brings_the_thanks_and_withdraws_the_reminders(connection: Connection):
    person_id, response_id = begun(connection)
    outcome = complete(connection, response_id)
    assert keys(outcome) == ["terima_kasih"]
    assert [choice.action for choice in only_say(outcome).choices] == ["look", "change"]
    assert response_of(connection, person_id).response.disposition == "complete"
    assert "planned" not in planned_contacts(connection, person_id)


def test_the_commitment_is_kept_with_the_enrolment(connection: Connection):
    _, response_id = begun(connection)
    complete(connection, response_id)
    memory = connection.execute(select(tables.enrolments.c.memory)).scalar_one()
    assert memory == {"komitmen_t0": "Memakai daftar periksa SPJ."}


def test_an_answer_can_be_changed_after_the_thanks(connection: Connection):
    person_id, response_id = begun(connection)
    complete(connection, response_id)
    review = attended(connection, partial(reviewing.review, response_id=response_id))
    (card,) = review.reactions
    assert isinstance(card, Card)
    assert isinstance(card.prompt, Review)
    assert keys(tap(connection, response_id, "a01", "edit")) == ["card:a01"]
    assert keys(tap(connection, response_id, "a01", "choose", "tidak")) == ["terima_kasih"]
    assert response_of(connection, person_id).response.answers["a01"].value == "tidak"


def test_a_closed_round_records_nothing_more(connection: Connection):
    person_id, response_id = begun(connection)
    position = list(questionnaire().named).index("a01")
    tapped = Tapped(response_id, position, 1, "choose", "setuju")
    outcome = attended(connection, partial(answering.tap, tapped=tapped), now=later(days=30))
    assert keys(outcome) == ["survei_sudah_ditutup"]
    assert not response_of(connection, person_id).response.answers


def test_who_types_after_the_closing_in_the_middle_hears_that_it_is_closed(
    connection: Connection,
):
    begun(connection)
    act = partial(conversation.typed, written=Written("2", later(days=30)))
    assert keys(attended(connection, act, now=later(days=30))) == ["survei_sudah_ditutup"]


def test_thanks_are_returned_also_after_the_closing(connection: Connection):
    _, response_id = begun(connection)
    complete(connection, response_id)
    act = partial(conversation.typed, written=Written("Terima kasih", later(days=30)))
    assert keys(attended(connection, act, now=later(days=30))) == ["sama_sama"]


def test_the_same_update_twice_has_one_effect_and_the_same_card(connection: Connection):
    person_id, response_id = begun(connection)
    tapped = Tapped(response_id, list(questionnaire().named).index("a01"), 1, "choose", "setuju")
    act = partial(answering.tap, tapped=tapped)
    first = attend(connection, visit(update_id=900_001), act, answering.show)
    again = attend(connection, visit(update_id=900_001), act, answering.show)
    assert keys(first) == keys(again) == ["card:a02"]
    assert isinstance(again.reactions[0], Card)
    assert isinstance(again.reactions[0].prompt, Ask)
    assert again.reactions[0].prompt.notice is None
    assert response_of(connection, person_id).response.answers["a01"].revised == 0


def test_a_typed_number_answers_a_button_question(connection: Connection):
    person_id, _ = begun(connection)
    assert keys(write(connection, "2")) == ["card:a02"]
    assert response_of(connection, person_id).response.answers["a01"].value == "setuju"


def test_a_forwarded_text_does_not_answer(connection: Connection):
    person_id, _ = begun(connection)
    outcome = write(connection, "2", is_forwarded=True)
    assert keys(outcome) == ["pesan_terusan", "card:a01"]
    assert not response_of(connection, person_id).response.answers


def test_a_text_sent_before_the_card_was_shown_does_not_answer_it(connection: Connection):
    _, (person_id,), round_id = classroom(connection)
    attended(connection, partial(answering.agree, round_id=round_id, more=""), now=later(minutes=1))
    early = partial(conversation.typed, written=Written("2", NOW))
    outcome = attended(connection, early, now=later(minutes=2))
    assert keys(outcome) == ["pesan_belum_dijawab", "card:a01"]
    assert not response_of(connection, person_id).response.answers


def test_of_a_bundle_of_texts_only_the_first_answers(connection: Connection):
    person_id, _ = begun(connection)
    careful = study(double_tap_seconds=0.4)

    def typed(text: str, seconds: float) -> Outcome:
        moment = later(seconds=seconds)
        act = partial(conversation.typed, written=Written(text, moment))
        plain = visit(now=moment)
        return attend(connection, type(plain)(careful, CHAT, plain.update_id, moment), act)

    assert keys(typed("2", 9)) == ["card:a02"]
    assert keys(typed("3", 9.1)) == ["pesan_belum_dijawab", "card:a02"]
    assert set(response_of(connection, person_id).response.answers) == {"a01"}


def notice_of(outcome: Outcome) -> str:
    card = outcome.reactions[-1]
    assert isinstance(card, Card)
    assert isinstance(card.prompt, Ask)
    assert card.prompt.notice is not None
    return card.prompt.notice.key


def test_a_sticker_brings_the_card_with_what_is_needed(connection: Connection):
    _, response_id = begun(connection)
    sticker = partial(conversation.unsupported, kind="sticker")
    assert notice_of(attended(connection, sticker)) == "jawaban_perlu_pilihan"
    tap(connection, response_id, "a01", "choose", "setuju")
    tap(connection, response_id, "a02", "on", "waktu")
    tap(connection, response_id, "a02", "done")
    assert notice_of(attended(connection, sticker)) == "angka_diperlukan"


def test_4097_characters_are_kept_until_the_person_decides(connection: Connection):
    person_id, response_id = begun(connection)
    tap(connection, response_id, "a01", "choose", "setuju")
    tap(connection, response_id, "a02", "on", "waktu")
    tap(connection, response_id, "a02", "done")
    write(connection, "12")
    assert notice_of(write(connection, "x" * 4097)) == "terlalu_panjang"
    tap(connection, response_id, "a15", "keep_part")
    assert response_of(connection, person_id).response.answers["a15"].value == "x" * 300


@pytest.mark.parametrize("text", ["Terima kasih", "👍🙏", "ok"])
def test_thanks_after_completion_are_returned(connection: Connection, text: str):
    _, response_id = begun(connection)
    complete(connection, response_id)
    assert keys(write(connection, text)) == ["sama_sama"]


def test_an_unknown_text_after_completion_says_whom_to_ask(connection: Connection):
    _, response_id = begun(connection)
    complete(connection, response_id)
    outcome = write(connection, "Kapan sertifikat dibagikan?")
    assert keys(outcome) == ["teks_bebas_tidak_dikenal"]


def test_declining_is_recorded_and_stops_the_reminders(connection: Connection):
    _, (person_id,), round_id = classroom(connection)
    outcome = attended(connection, partial(consent.refuse, round_id=round_id))
    assert keys(outcome) == ["menolak"]
    assert response_of(connection, person_id).response.disposition == "refused"
    assert "planned" not in planned_contacts(connection, person_id)
    noted = connection.execute(select(tables.disposition_history.c.disposition)).scalars().all()
    assert list(noted) == ["refused"]


def test_who_declined_may_change_their_mind(connection: Connection):
    _, (person_id,), round_id = classroom(connection)
    attended(connection, partial(consent.refuse, round_id=round_id))
    assert keys(attended(connection, answering.resume)) == ["privasi_pendek"]
    outcome = attended(connection, partial(answering.agree, round_id=round_id, more=""))
    assert keys(outcome) == ["persetujuan_tercatat", "card:a01"]
    assert response_of(connection, person_id).response.disposition == "partial"


def test_resuming_after_days_greets_and_shows_the_same_question(connection: Connection):
    _, response_id = begun(connection)
    tap(connection, response_id, "a01", "choose", "setuju")
    outcome = attended(connection, answering.resume, now=later(days=2))
    assert keys(outcome) == ["lanjut", "card:a02"]


def superior_of_two(connection: Connection) -> tuple[int, int]:
    training_id = add_training(connection)
    superior = add_person(connection, "Hj. Ratna <Dewi>", position="Kepala Bidang")
    for name in ("Ahmad Fauzi", "Dewi Lestari"):
        alumnus = add_person(connection, name)
        enrol(connection, training_id, alumnus)
        enrol(connection, training_id, superior, "superior", about=alumnus)
    connect(connection, superior)
    return superior, open_round(connection, training_id, "followup_superior")


def test_a_superior_says_first_who_fills_in(connection: Connection):
    _, round_id = superior_of_two(connection)
    outcome = attended(connection, partial(answering.begin, round_id=round_id))
    assert keys(outcome) == ["konfirmasi_penerima"]
    behalf = partial(consent.again, round_id=round_id, more="", what="behalf")
    notice = attended(connection, behalf)
    assert keys(notice) == ["privasi_atasan"]
    assert {choice.more for choice in only_say(notice).choices} == {consent.ON_BEHALF}


def test_a_proxy_is_recorded_as_one(connection: Connection):
    superior, round_id = superior_of_two(connection)
    attended(connection, partial(answering.agree, round_id=round_id, more=consent.ON_BEHALF))
    given = people.last_consent(connection, superior, round_id)
    assert given is not None
    assert given.on_behalf
    assert proxies(connection) == [True, True]


def test_who_answers_in_person_is_no_proxy(connection: Connection):
    _, round_id = superior_of_two(connection)
    attended(connection, partial(answering.agree, round_id=round_id, more=""))
    assert proxies(connection) == [False, False]


def proxies(connection: Connection) -> list[bool]:
    return list(connection.execute(select(tables.responses.c.proxy)).scalars())


def test_not_for_me_disconnects_and_leaves_the_response_issued(connection: Connection):
    superior, round_id = superior_of_two(connection)
    outcome = attended(connection, partial(consent.not_for_me, round_id=round_id))
    assert keys(outcome) == ["bukan_untuk_saya"]
    assert accounts.of_chat(connection, CHAT) is None
    found = responses.of_person(connection, superior)
    assert {one.response.disposition for one in found} == {"issued"}


def test_after_one_alumnus_the_next_is_offered_and_then_no_more(connection: Connection):
    superior, round_id = superior_of_two(connection)
    attended(connection, partial(answering.agree, round_id=round_id, more=""))
    first, second = responses.of_person(connection, superior)
    outcome = complete(connection, first.response.id)
    assert keys(outcome) == ["terima_kasih", "survei_berikutnya"]
    following = attended(connection, partial(answering.take, response_id=second.response.id))
    assert keys(following) == ["card:a01"]
    assert keys(complete(connection, second.response.id)) == ["terima_kasih"]


def test_several_open_surveys_are_offered_by_training_and_alumnus(connection: Connection):
    superior_of_two(connection)
    outcome = attended(connection, answering.resume)
    labels = [choice.label for choice in only_say(outcome).choices]
    assert labels == [
        "Ahmad Fauzi: Manajemen Keuangan Daerah Angk. II",
        "Dewi Lestari: Manajemen Keuangan Daerah Angk. II",
    ]


def test_pausing_says_how_much_is_saved_and_asks_when_to_remind(connection: Connection):
    _, response_id = begun(connection)
    tap(connection, response_id, "a01", "choose", "setuju")
    outcome = attended(connection, partial(pausing.pause, response_id=response_id))
    assert only_say(outcome).key == "jeda"
    assert only_say(outcome).arguments["jumlah_terjawab"] == 1


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("besok 14.00", "tunda_tercatat"),
        ("nanti saja", "waktu_tidak_terbaca"),
        ("25 Desember 2027", "waktu_lewat_penutupan"),
    ],
)
def test_a_typed_time_is_taken_refused_or_asked_again(connection: Connection, text: str, key: str):
    person_id, _ = begun(connection)
    round_id = response_of(connection, person_id).round_id
    attended(connection, partial(pausing.ask_time, round_id=round_id))
    assert keys(write(connection, text)) == [key]


def test_a_time_is_meant_and_confirmed_in_the_zone_of_whoever_chooses_it(connection: Connection):
    person_id, _ = begun(connection)
    connection.execute(tables.people.update().values(zone="Asia/Jayapura"))
    round_id = response_of(connection, person_id).round_id
    tomorrow = partial(pausing.snooze, round_id=round_id, action="tomorrow")
    kept = only_say(attended(connection, tomorrow)).arguments["hari_jam"]
    assert f"{kept:%Y-%m-%d %H:%M %Z}" == "2027-02-04 09:00 WIT"


def test_enough_keeps_the_answers_and_stops_the_reminders(connection: Connection):
    person_id, response_id = begun(connection)
    tap(connection, response_id, "a01", "choose", "setuju")
    round_id = response_of(connection, person_id).round_id
    stop = partial(pausing.stop_reminding, round_id=round_id, key="cukup")
    assert keys(attended(connection, stop)) == ["cukup"]
    assert "planned" not in planned_contacts(connection, person_id)
    assert set(response_of(connection, person_id).response.answers) == {"a01"}


def test_the_language_changes_and_the_answers_stay(connection: Connection):
    person_id, response_id = begun(connection)
    tap(connection, response_id, "a01", "choose", "setuju")
    outcome = attended(connection, partial(conversation.set_language, code="en"))
    assert keys(outcome) == ["bahasa_tercatat", "card:a02"]
    card = outcome.reactions[-1]
    assert isinstance(card, Card)
    assert card.language == "en"
    assert set(response_of(connection, person_id).response.answers) == {"a01"}


def test_after_a_restart_only_who_was_answering_sees_the_question_again(connection: Connection):
    begun(connection)
    assert answering.interrupted(connection, later(minutes=5), later(minutes=5)) == [CHAT]
    shown = answering.shown_again(connection, STUDY, CHAT, later(minutes=5), later(minutes=6))
    assert shown is not None
    assert keys(shown) == ["bot_kembali", "card:a01"]
    assert not answering.interrupted(connection, later(hours=5), later(hours=5))


def test_who_was_answered_since_the_restart_sees_no_question_again(connection: Connection):
    _, response_id = begun(connection)
    assert answering.interrupted(connection, later(seconds=1), later(seconds=1)) == [CHAT]
    tap(connection, response_id, "a01", "choose", "setuju")
    before_that_tap = later(minutes=-1)
    assert answering.shown_again(connection, STUDY, CHAT, before_that_tap, later(minutes=6)) is None


def test_a_response_that_somebody_changed_meanwhile_is_stale(connection: Connection):
    person_id, response_id = begun(connection)
    seen = response_of(connection, person_id)
    tap(connection, response_id, "a01", "choose", "setuju")
    form = questionnaires.of_id(connection, seen.questionnaire_id)
    turn = answer(form, seen.response, Tap("choose", "a01", seen.response.revision, "tidak"), NOW)
    with pytest.raises(StaleResponse):
        responses.save(connection, seen.response, turn, NOW)


def test_who_taps_while_another_process_settles_the_round_is_told_that_it_closed(
    connection: Connection,
):
    """PostgreSQL shows the settled response beside the round as it was before."""
    _, response_id = begun(connection, "Siti Aminah")
    mine = tables.responses.c.id == response_id
    connection.execute(update(tables.responses).where(mine).values(stage="closed"))
    assert keys(tap(connection, response_id, "a01", "choose", "1")) == ["survei_sudah_ditutup"]
