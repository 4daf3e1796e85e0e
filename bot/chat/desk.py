"""What every handler is given: the way to the database, the study, the sentences, the time, staff by the settings, and the
bells that a job was asked for, that a class may look different. Only values.
"""

import asyncio
from collections import Counter
from dataclasses import dataclass, field

from bot.chat.texts import Texts
from bot.clock import Clock
from bot.fieldwork.run import Run
from bot.fieldwork.staff import Named
from bot.survey.study import Study


@dataclass(frozen=True, slots=True)
class Desk:
    run: Run
    study: Study
    texts: Texts
    clock: Clock
    secret: bytes = field(repr=False)
    bot_username: str
    named: Named = field(default_factory=Named)  # staff by the settings; those invited are stored
    job_asked: asyncio.Event = field(default_factory=asyncio.Event)  # wakes who does the jobs
    class_changed: asyncio.Event = field(
        default_factory=asyncio.Event
    )  # wakes who edits live cards
    posing: Counter[int] = field(default_factory=Counter)  # by chat: new questions on their way
