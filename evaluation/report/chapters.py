"""The whole report of one training: *Laporan Evaluasi Pascapelatihan* in the structure Indonesian offices use (DOMAIN 5)."""

from dataclasses import replace

from evaluation.errors import EvaluationError
from evaluation.frames import Tables
from evaluation.publication import scope_of
from evaluation.report.beside import beside
from evaluation.report.conclusions import conclusions
from evaluation.report.factors import factors, office_sheet
from evaluation.report.given import BEFORE, Given
from evaluation.report.levels import behaviour, outcome, reaction
from evaluation.report.lines import indicator_table
from evaluation.report.model import Block, Bullets, Document, Heading, Paragraph, Signature
from evaluation.report.office import Office
from evaluation.report.opening import introduction, method, summary
from evaluation.report.participation import participation, what_became
from evaluation.report.plan_of_action import action_table
from evaluation.report.questions import read_questions
from evaluation.report.sheet import sheet_blocks
from evaluation.report.stories import Stories, stories_of
from evaluation.results import Results
from evaluation.study import Plan
from evaluation.texts import Texts, days

_WORDS = ("daftar_isi", "tabel", "gambar", "halaman", "nomor", "perbarui")


def report_of(
    training: str, results: Results, tables: Tables, how: tuple[Plan, Office, Texts]
) -> Document:
    """EvaluationError for a training that the tables do not hold."""
    found = next((each for each in results.trainings if each.training.code == training), None)
    if found is None:
        raise EvaluationError("--training", f"{training!r} is not among the trainings.")
    given = Given(results, found, *how, read_questions(tables.codebook))
    blocks = [
        *_preface(given), *summary(given), *introduction(given), *method(given), *participation(given),
        *reaction(given), *behaviour(given), *outcome(given), *factors(given), *office_sheet(given),
        *_cases(given, stories_of(tables, training)), *_conclusion(given), *_approval(given),
    ]  # fmt: skip
    return _document(given, tuple(blocks))


def instructor_sheets(
    training: str, results: Results, how: tuple[Plan, Office, Texts]
) -> tuple[Document, ...]:
    """One for each instructor who may be told, in alphabetical order; those with fewer than k raters have none."""
    found = next(each for each in results.trainings if each.training.code == training)
    given = Given(results, found, *how)
    scope = scope_of(training, BEFORE)
    mine = (sheet for sheet in results.instructors if sheet.scope == scope)
    return tuple(
        replace(
            _document(given, sheet_blocks(given, sheet)), title=given.say("lap_lembar"), annex=(),
            subtitle=(sheet.name, found.training.title), is_sheet=True,
        )
        for sheet in sorted(mine, key=lambda sheet: sheet.name)
    )  # fmt: skip


def _document(given: Given, blocks: tuple[Block, ...]) -> Document:
    office, training = given.office, given.result.training
    issued = given.results.period.issued_on
    subtitle = [training.title]
    if training.starts_on is not None and training.ends_on is not None:
        subtitle.append(days(given.texts, training.starts_on, training.ends_on))
    subtitle.append(given.say("lap_keadaan", tanggal=days(given.texts, issued, issued)))
    signature = Signature(
        office.place, issued, office.signatory_office, office.signatory_name, office.signatory_lines
    )
    words = {name: given.say(f"lap_kata_{name}") for name in _WORDS}
    words["tanggal"] = days(given.texts, issued, issued)
    return Document(
        given.texts.locale, office.letterhead, office.number, given.say("lap_judul"),
        tuple(subtitle), blocks, signature, tuple(_annex(given)), words, issued,
    )  # fmt: skip


def _preface(given: Given) -> list[Block]:
    text = given.say(
        "lap_pengantar_isi",
        pelatihan=given.result.training.title,
        penyelenggara=given.plan.organiser,
    )
    return [Heading(1, given.say("lap_pengantar")), Paragraph(text, given.say("lap_draf_pengantar"))]  # fmt: skip


def _cases(given: Given, stories: Stories) -> list[Block]:
    found: list[Block] = [Heading(1, given.say("lap_bab_kasus"))]
    if not stories.told:
        found.append(Paragraph(given.say("lap_kasus_kosong")))
    for place, story in enumerate(stories.told, start=1):
        found.append(Heading(2, given.say("lap_kasus", nomor=place)))
        found += [
            Paragraph(given.say("lap_kasus_isi", bagian=given.say(f"lap_kasus_{name}"), isi=text),
                      given.say("lap_draf_kasus") if not at else "")
            for at, (name, text) in enumerate(story.parts)
        ]  # fmt: skip
    if stories.to_summarise:
        text = given.say("lap_kasus_ringkas", jumlah=stories.to_summarise)
        found.append(Paragraph(text, given.say("lap_draf_ringkas")))
    if stories.unproven:
        found.append(Paragraph(given.say("lap_kasus_tanpa_bukti", jumlah=stories.unproven)))
    return found


def _conclusion(given: Given) -> list[Block]:
    found = conclusions(given)
    return [
        Heading(1, given.say("lap_bab_kesimpulan")),
        Heading(2, given.say("lap_kesimpulan")),
        Paragraph(given.say("lap_kesimpulan_isi" if found else "lap_temuan_belum"), given.say("lap_draf_kesimpulan")),
        *([Bullets(found)] if found else []),
        Paragraph(given.say("lap_kesimpulan_batas")),
        Heading(2, given.say("lap_rtl")),
        Paragraph(given.say("lap_rtl_cara"), given.say("lap_draf_rtl")),
        action_table(given),
    ]  # fmt: skip


def _approval(given: Given) -> list[Block]:
    """On a page of its own, above the signature."""
    text = given.say("lap_pengesahan_isi", pelatihan=given.result.training.title)
    return [Heading(1, given.say("lap_pengesahan")), Paragraph(text)]


def _annex(given: Given) -> list[Block]:
    """What became of who was asked, every indicator that study.toml promises, and the indices in other ways and by group."""
    found: list[Block] = [Heading(1, given.say("lap_lampiran_status")), what_became(given)]
    found.append(Heading(1, given.say("lap_lampiran")))
    for indicator in given.result.indicators:
        found.append(Heading(2, given.texts.name_of("indikator", indicator.name)))
        table = indicator_table(given, indicator.name)
        found.append(table or Paragraph(given.say("lap_indikator_belum")))
    return [*found, *beside(given)]
