r"""A chat written down so that a person can read it, and played again to see that it still goes that way. Pure.

    FORM post_training
    WITH nama_pelatihan = Manajemen Keuangan Daerah
    LANGUAGE id
    AT 2026-11-25T10:00:00+07:00

    BOT  Materi - 3 dari sekitar 24
         Tadi: Ya
         Materi sesuai dengan tujuan pelatihan.
         [1] Tidak setuju
         [2] Kurang setuju
    YOU  tap Kurang setuju

What stands after YOU is in commands.py. Sentences of the bot are shown by their key (NOTICE tombol_lama), since the
pure core knows no others. The terminal walk (pretest_walk.py) writes this format, the tests read it:
`played` makes a whole text from its header and its YOU lines, and a golden transcript must come out
as it went in.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from bot.survey.commands import TICKING, Session, obeyed, opened
from bot.survey.prompts import Ask, Month, Notice, Prompt, Review, Thank
from bot.survey.questionnaire import Language, Questionnaire
from bot.survey.record import Response, Turn

BOT: Final = "BOT  "
YOU: Final = "YOU  "
_INDENT: Final = "     "


@dataclass(frozen=True, slots=True)
class Header:
    form: str
    at: datetime
    language: Language = "id"
    seed: int = 1
    hidden: Mapping[str, str] = field(default_factory=dict)


def read(text: str) -> tuple[Header, tuple[str, ...]]:
    """The header and what the person did; everything the bot said is left out."""
    said: dict[str, str] = {}
    hidden: dict[str, str] = {}
    did: list[str] = []
    for line in text.splitlines():
        word, _, rest = line.partition(" ")
        if word == "YOU":
            did.append(rest.strip())
        elif word == "WITH":
            name, _, value = rest.partition("=")
            hidden[name.strip()] = value.strip()
        elif word in {"FORM", "LANGUAGE", "AT", "SEED"}:
            said[word] = rest.strip()
    at = datetime.fromisoformat(said["AT"])
    language, seed = said.get("LANGUAGE", "id"), int(said.get("SEED", "1"))
    return Header(said["FORM"], at, language, seed, hidden), tuple(did)


def played(
    questionnaire: Questionnaire,
    header: Header,
    did: tuple[str, ...],
    stored: Callable[[Response], Response] = lambda response: response,
) -> str:
    """The whole transcript; `stored` takes the response through a store between the lines."""
    session, turn = begun(questionnaire, header)
    lines = [*header_lines(header), "", *turn_lines(turn)]
    for command in did:
        session = session.with_response(stored(session.response))
        session, turn = obeyed(session, command)
        lines += [YOU + command, *turn_lines(turn, command)]
    return "\n".join([*lines, *data_lines(stored(session.response))]) + "\n"


def begun(questionnaire: Questionnaire, header: Header) -> tuple[Session, Turn]:
    response = Response(
        1,
        questionnaire.name,
        questionnaire.version,
        header.language,
        header.hidden,
        seed=header.seed,
    )
    return opened(questionnaire, response, header.at)


def header_lines(header: Header) -> list[str]:
    return [
        f"FORM {header.form}",
        *(f"WITH {name} = {value}" for name, value in header.hidden.items()),
        f"LANGUAGE {header.language}",
        f"SEED {header.seed}",
        f"AT {header.at.isoformat()}",
    ]


def turn_lines(turn: Turn, command: str = "") -> list[str]:
    """The card; after a tick only what is ticked now, or a chat of ticks could not be read."""
    ticking = command.partition(" ")[0] in TICKING
    prompt = turn.prompt
    first, *rest = [
        *(_ticks(prompt) if ticking and isinstance(prompt, Ask) else prompt_lines(prompt)),
        *(f"DROPPED {lost.item} = {_flat(lost.value)}" for lost in turn.dropped),
    ]
    return [BOT + first, *(_INDENT + line for line in rest)]


def prompt_lines(prompt: Prompt) -> Iterator[str]:
    match prompt:
        case Ask():
            yield from _ask(prompt)
        case Review():
            yield f"REVIEW, {prompt.unanswered} belum dijawab"
            yield from _notice(prompt.notice)
            for row in prompt.rows:
                yield f"{row.item}: {_flat(row.answer_label) or '(' + row.missing + ')'}"
        case Thank():
            yield f"THANKS {prompt.end}".strip()
            yield from _notice(prompt.notice)
            yield from prompt.text.splitlines()
        case _:
            yield "CLOSED"


def data_lines(response: Response) -> list[str]:
    """What the analyst gets, at the end of the transcript."""
    answers = [
        f"     {answer.item} = {_flat(answer.value) or '(' + answer.missing + ')'}"
        + (f" [{answer.other}]" if answer.other else "")
        + (f" revised {answer.revised}" if answer.revised else "")
        for answer in response.answers.values()
    ]
    return ["", f"DATA {response.stage} {response.disposition}", *sorted(answers)]


def _ask(ask: Ask) -> Iterator[str]:
    section = f"{ask.section} - " if ask.section else ""
    yield f"{section}{ask.position} dari sekitar {ask.total}"
    if ask.previous_label or ask.previous_missing:
        yield f"Tadi: {_flat(ask.previous_label) or '(' + ask.previous_missing + ')'}"
    yield from _notice(ask.notice)
    for note in ask.notes:
        yield from (f"NOTE {line}" for line in note.splitlines())
    if ask.hint:
        yield f"HINT {ask.hint}"
    yield from ask.text.splitlines()
    if ask.awaiting:
        yield f"AWAITING {ask.awaiting}"
    yield from _choices(ask)
    if ask.proposal:
        yield f"PROPOSED {_flat(ask.proposal)}"
    if ask.maximum:
        yield f"MAXIMUM {ask.maximum}"


def _choices(ask: Ask) -> Iterator[str]:
    if ask.month:
        yield from _month(ask.month)
    elif ask.item.kind == "range" and not ask.awaiting:
        yield " ".join(f"[{o.label}]" if o.chosen else o.label for o in ask.options)
    elif ask.awaiting in {"", "which", "append"}:
        for number, option in enumerate(ask.options, start=1):
            yield f"[{'x' if option.chosen else option.number or number}] {option.label}"
    if ask.page:
        search = f' "{ask.page.search}"' if ask.page.search else ""
        yield f"PAGE {ask.page.number} dari {ask.page.count}{search}"


def _month(month: Month) -> Iterator[str]:
    days = [f"[{one}]" if one == month.chosen else str(one) for one in month.open_days]
    yield f"MONTH {month.first:%Y-%m}: {' '.join(days) or '-'}"


def _ticks(ask: Ask) -> Iterator[str]:
    ticked = [option.label for option in ask.options if option.chosen]
    ranked = [f"{place}. {view.label}" for place, view in enumerate(ask.ranked, 1)]
    yield f"[x] {', '.join(ranked or ticked)}"
    yield from _notice(ask.notice)


def _notice(notice: Notice | None) -> Iterator[str]:
    if notice:
        yield from _notice(notice.because)
        arguments = "".join(f" {name}={value}" for name, value in notice.arguments.items())
        yield f"NOTICE {notice.key}{arguments}"


def _flat(text: str) -> str:
    return text.replace("\n", "\\n")
