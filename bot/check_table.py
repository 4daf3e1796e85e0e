"""The table under `python -m bot check --simulate`: how random people came through a form. Pure; decides nothing."""

from collections.abc import Iterator

from bot.chat.texts import Texts
from bot.survey.coverage import Coverage, Simulation, Spread

_FIGURE = 9  # columns of the terminal


def table(texts: Texts, language: str, file: str, seed: int, simulation: Simulation) -> str:
    return "".join(f"{row}\n" for row in _rows(texts, language, file, seed, simulation))


def _rows(
    texts: Texts, language: str, file: str, seed: int, simulation: Simulation
) -> Iterator[str]:
    def say(key: str, **words: str | float) -> str:
        return texts.plain(key, language, **words)

    yield say("cek_sim_judul", berkas=file, orang=simulation.people, benih=seed)
    yield "  " + say("cek_sim_pertanyaan", **_spread(simulation.questions, 0))
    yield "  " + say("cek_sim_menit", **_spread(simulation.minutes, 1))
    ends = ", ".join(f"{name} {count}" for name, count in sorted(simulation.dispositions.items()))
    yield "  " + say("cek_sim_akhir", rincian=ends or "-", macet=sum(simulation.stuck.values()))
    for item, people in simulation.stuck.items():
        yield "  " + say("cek_sim_macet", butir=item, orang=people)
    width = max(len(covered.item) for covered in simulation.items)
    heads = [say(f"cek_sim_{name}") for name in ("ditanya", "dijawab", "ditolak", "menyerah")]
    names = "".join(f"{head:>{_FIGURE}}" for head in heads)
    yield f"  {say('cek_sim_butir'):{width}}{names}  {say('cek_sim_pilihan')}"
    for covered in simulation.items:
        yield f"  {_item(covered, width, say('cek_sim_tidak_pernah'))}".rstrip()


def _spread(spread: Spread, decimals: int) -> dict[str, float]:
    figures = {
        "terkecil": spread.least, "tengah": spread.median, "sembilan": spread.nine_of_ten,
        "terbesar": spread.most,
    }  # fmt: skip
    return {name: round(figure, decimals) for name, figure in figures.items()}


def _item(covered: Coverage, width: int, never: str) -> str:
    figures = (covered.asked, covered.answered, covered.refused, covered.given_up)
    columns = "".join(f"{figure:>{_FIGURE}}" for figure in figures)
    chosen = " ".join(
        f"{code}:{count or never}" if covered.asked else f"{code}:{never}"
        for code, count in covered.options.items()
    )
    return f"{covered.item:{width}}{columns}  {chosen}"
