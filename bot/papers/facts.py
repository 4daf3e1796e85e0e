"""What stands on each paper, as plain values that go to the child process as JSON. Knows neither database nor PDF."""

import json
from collections.abc import Mapping
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


@dataclass(frozen=True, slots=True)
class FormCopy:
    """For somebody by name, or blank."""

    hidden: Mapping[str, str]
    name: str = ""
    nip: str = ""
    unit: str = ""
    written: tuple[str, ...] = ()  # hidden values that are left to be written by hand


@dataclass(frozen=True, slots=True)
class FormFacts:
    """A questionnaire to be filled in by hand, once for each copy."""

    form: str  # compiled, as JSON
    training: str
    role: str
    organiser: str
    contact: str
    privacy_contact: str
    privacy_version: str
    letter_number: str
    k: int
    retention_months: int
    day: str  # ISO: of the paper
    copies: tuple[FormCopy, ...]

    def notice_words(self) -> Mapping[str, str | int]:
        return {
            "penyelenggara": self.organiser, "k_min": self.k, "bulan": self.retention_months,
            "nomor_surat": self.letter_number, "kontak_pdp": self.privacy_contact,
            "versi": self.privacy_version,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Slip:
    name: str
    unit: str
    code: str  # as it is printed
    link: str


@dataclass(frozen=True, slots=True)
class CodeFacts:
    """Slips with the participant codes, to be cut apart."""

    training: str
    organiser: str
    bot_username: str
    day: str  # ISO: of the paper
    slips: tuple[Slip, ...]


def to_json(facts: ClassFacts | FormFacts | CodeFacts) -> str:
    return json.dumps(asdict(facts), ensure_ascii=False)


def class_facts(text: str) -> ClassFacts:
    return ClassFacts(**json.loads(text))


def form_facts(text: str) -> FormFacts:
    told = json.loads(text)
    copies = (FormCopy(**{**one, "written": tuple(one["written"])}) for one in told["copies"])
    return FormFacts(**{**told, "copies": tuple(copies)})


def code_facts(text: str) -> CodeFacts:
    told = json.loads(text)
    return CodeFacts(**{**told, "slips": tuple(Slip(**one) for one in told["slips"])})
