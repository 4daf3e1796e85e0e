"""The parts of the weekly summary in sentences: rates, outcomes, barriers, actions. Each returns '' for nothing.

Numbers come in published and go out with decimal comma; no arithmetic but the shares of counts.
"""

from collections.abc import Sequence

from evaluation.actions import Action
from evaluation.digest import (
    Ability,
    BarrierRow,
    Story,
    abilities,
    barrier_base,
    barrier_rows,
    below_threshold,
    dimension_cells,
    shown_rounds,
)  # fmt: skip
from evaluation.numbers import Interval, half_up
from evaluation.rates import rr2
from evaluation.releases import Cell, Release
from evaluation.results import RoundResult
from evaluation.scales import band_of
from evaluation.study import Plan
from evaluation.texts import Texts, number, percent, short_date, short_day, span, whole_percent

_LONGEST_TITLE = 80
_KEPT_END = 24  # where long titles of one series differ: "Angkatan XXIV"
_INDICES_AT_FOLLOW_UP = 2  # the weakest two; the picture has them all


def short_title(title: str) -> str:
    """Cut a title that would fill the message, between words; its end, which tells it from the next of its kind, stays."""
    if len(title) <= _LONGEST_TITLE:
        return title
    end = title[-_KEPT_END:].partition(" ")[2]
    start = title[: _LONGEST_TITLE - len(end) - 3]
    return f"{start.rsplit(' ', 1)[0]} … {end}" if end else f"{start}…"


def rates(story: Story, plan: Plan, texts: Texts) -> str:
    """The training's name and one line a round; what is too small to show says so."""
    lines = [_training_line(story, texts)]
    lines.extend(rate_line(entry, plan, texts) for entry in shown_rounds(story.result))
    for entry in below_threshold(story.result):
        name = texts.say(f"sebutan_{entry.round.kind}")
        n = entry.counts.answered
        lines.append(texts.say("ringkasan_belum_cukup", sebutan=name, n=n, k_min=plan.k))
    return "\n".join(lines)


def _training_line(story: Story, texts: Texts) -> str:
    training = story.result.training
    title = short_title(training.title)
    if training.participants is None or training.ends_on is None:
        return title
    return texts.say(
        "pelatihan_judul", nama_pelatihan=title, peserta=training.participants,
        selesai=short_date(texts, training.ends_on),
    )  # fmt: skip


def rate_line(entry: RoundResult, plan: Plan, texts: Texts) -> str:
    """Such as `Alumni: 27 dari 39 menjawab (69,2%), bertambah 9 minggu ini. Sasaran 70%`."""
    kind, counts = entry.round.kind, entry.counts
    share = rr2(counts)
    if share is None:
        return texts.say("tingkat_kosong", sebutan=texts.say(f"sebutan_{kind}"))
    line = texts.say(
        f"tingkat_{kind}", jawab=counts.answered, semua=counts.eligible, persen=percent(texts, share)
    )  # fmt: skip
    if entry.new:
        line += texts.say("tingkat_baru", baru=entry.new)
    elif entry.round.is_open:
        line += texts.say("tingkat_tetap")
    if counts.begun:
        line += texts.say("tingkat_mulai", mulai=counts.begun)
    if entry.round.state == "closed":
        line += texts.say("tingkat_ditutup")
    target = plan.targets.get(kind)
    return line + ("." if target is None else _target(texts, target))


def _target(texts: Texts, target: float) -> str:
    return texts.say("tingkat_sasaran", sasaran=whole_percent(texts, target))


def outcomes(story: Story, plan: Plan, texts: Texts, most_indices: int) -> str:
    """What the participants said: applied or not, indices with their band, ability over time."""
    if story.focus is None or story.focus.release is None:
        return ""
    release, kind = story.focus.release, story.focus.round.kind
    follow_up = kind == "followup_alumni"
    most = min(most_indices, _INDICES_AT_FOLLOW_UP) if follow_up else most_indices
    lines = [applied_line(cell, texts) for cell in release.all_of("share")]
    lines.extend(index_line(cell, release, plan, texts) for cell in dimension_cells(release, most))
    lines.extend(ability_line(ability, texts) for ability in abilities(story)[:1])
    if not lines:
        return ""
    key = f"hasil_akhir_{kind}" if story.is_final else f"hasil_{kind}"
    head = texts.say(key, n=release.n)
    return "\n".join([head, *(texts.say("baris", isi=line) for line in lines)])


def applied_line(cell: Cell, texts: Texts) -> str:
    named, share = number(texts, cell.numbers["named"], 0), percent(texts, cell.numbers["share"])
    interval = interval_of(cell)
    if interval is None:
        return texts.say("hasil_penerapan_sensus", jumlah=named, persen=share)
    return texts.say(
        "hasil_penerapan", jumlah=named, persen=share, selang=span(texts, interval, 100)
    )


def index_line(cell: Cell, release: Release, plan: Plan, texts: Texts) -> str:
    index = cell.numbers["index"]
    band = band_of(index, plan.bands)
    return texts.say(
        "hasil_indeks", dimensi=dimension_of(cell, release, texts), indeks=number(texts, index),
        mutu="" if band is None else band.label,
    )  # fmt: skip


def dimension_of(cell: Cell, release: Release, texts: Texts) -> str:
    """With its own n where it is not that of the heading: a question may be for few."""
    name = texts.name_of("dimensi", cell.name)
    return name if cell.n == release.n else texts.say("nama_dengan_n", dimensi=name, n=cell.n)


def interval_of(cell: Cell) -> Interval | None:
    if "low" not in cell.numbers:
        return None
    return Interval(cell.numbers["low"], cell.numbers["high"])


def ability_line(ability: Ability, texts: Texts) -> str:
    def written(value: float | None) -> str:
        return "" if value is None else number(texts, value)

    if ability.before is None:
        key = "hasil_kemampuan_sekarang"
    elif ability.followup is None:
        key = "hasil_perubahan"
    elif ability.n_followup is None:
        key = "hasil_perubahan_tiga"
    else:
        key = "hasil_perubahan_terpisah"
    return texts.say(
        key, dimensi=texts.name_of("dimensi", ability.dimension), skala=scale_text(ability),
        sebelum=written(ability.before), sekarang=written(ability.now),
        lanjut=written(ability.followup), n=ability.n, n_lanjut=ability.n_followup or ability.n,
    )  # fmt: skip


def scale_text(ability: Ability) -> str:
    return f"{half_up(ability.start, 0)}-{half_up(ability.end, 0)}"


def barriers(story: Story, texts: Texts, most: int) -> str:
    """The most named barriers in words of the alumni's questionnaire; superiors beside where they may be shown."""
    if story.focus is None or not most:
        return ""
    follow_up = story.focus.round.kind == "followup_alumni"
    base = barrier_base(story.focus.release, "barrier" if follow_up else "expected")
    if base is None:
        return ""
    key = "hambatan_judul" if follow_up else "hambatan_perkiraan_judul"
    lines = [
        texts.say("baris", isi=_barrier_line(row, texts, follow_up=follow_up))
        for row in barrier_rows(story, most)
    ]
    return "\n".join([texts.say(key, n=base), *(lines or [texts.say("hambatan_tidak_ada")])])


def _barrier_line(row: BarrierRow, texts: Texts, *, follow_up: bool) -> str:
    key = "hambatan_alumni" if follow_up else "hambatan_peserta"
    superiors = ""
    if row.superiors is not None:
        key, superiors = "hambatan_berdua", percent(texts, row.superiors)
    return texts.say(
        key, hambatan=row.label, alumni=percent(texts, row.share), atasan=superiors
    )  # fmt: skip


def actions(shown: Sequence[Story], texts: Texts, most: int) -> str:
    """Numbered: who, what, by when; with the training's name where there are several."""
    listed = [(story, action) for story in shown for action in story.actions][:most]
    if not listed:
        return texts.say("tindakan_kosong")
    key = "tindakan_baris" if len(shown) == 1 else "tindakan_baris_pelatihan"
    lines = [
        texts.say(
            key, nomor=place, pemilik=owner_of(action, texts), isi=deed_of(story, action, texts),
            hari=short_day(texts, action.due), nama_pelatihan=short_title(story.result.training.title),
        )
        for place, (story, action) in enumerate(listed, start=1)
    ]  # fmt: skip
    return "\n".join([texts.say("tindakan_judul"), *lines])


def owner_of(action: Action, texts: Texts) -> str:
    return texts.say(action.owner if action.owner in texts.sentences else "pemilik_umum")


def deed_of(story: Story, action: Action, texts: Texts) -> str:
    key = action.key if action.key in texts.sentences else "tindakan_hambatan_umum"
    return texts.say(
        key, jumlah=action.count, persen=percent(texts, action.share),
        dimensi=texts.name_of("dimensi", action.subject), indeks=number(texts, action.share),
        hambatan=story.labels.get(action.subject, action.subject),
    )  # fmt: skip
