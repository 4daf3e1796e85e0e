"""Saves a roster in pieces, each a short transaction, so that a list of thousands holds up nobody's answer."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial

from bot.fieldwork import roster
from bot.fieldwork.roster import Count, Saved
from bot.fieldwork.rosters.record import Roster
from bot.fieldwork.run import Run
from bot.survey.study import Study

Progress = Callable[[int, int], Awaitable[None]]  # saved, of how many


async def save_in_pieces(
    run: Run,
    study: Study,
    to_save: Roster,
    secret: bytes,
    now: datetime,
    *,
    adopts: bool = False,
    progress: Progress | None = None,
) -> Saved:
    """What was saved stays when it is stopped half-way; saved again, nothing comes twice."""
    gone = await run(roster.erased_from, study, to_save, secret)
    kept = await asyncio.to_thread(roster.without_erased, gone, to_save, secret)
    begun = await run(partial(roster.begin, adopts=adopts), study, kept, secret, now)
    counted, done = Count(), 0
    for piece in roster.pieces(kept):
        counted += await run(roster.save_piece, study, begun, piece, now)
        done += len(piece)
        if progress is not None:
            await progress(done, len(kept.participants))
    return roster.saved(begun, counted, roster.left_out(to_save, kept))
