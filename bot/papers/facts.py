"""What stands on each paper, as plain values that go to the child process as JSON. Knows neither database nor PDF."""

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class ClassFacts:
    """The sheet that hangs in the class room."""

    title: str
    organiser: str
    contact: str  # of the office, with its telephone
    link: str
    bot_username: str
    code: str
    day: str  # ISO: of the paper


def to_json(facts: ClassFacts) -> str:
    return json.dumps(asdict(facts), ensure_ascii=False)


def class_facts(text: str) -> ClassFacts:
    return ClassFacts(**json.loads(text))
