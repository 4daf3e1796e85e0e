"""The process in which a form that somebody sent is compiled and checked: pyxform and a hostile file stay out of the bot.

    python -m bot.form_child FORM FORMER RESULT --now ISO     started by form_examining.py only

It reads the file FORM and the compiled versions in use from FORMER (a JSON list), writes RESULT, and nothing else. Memory and
computing time are limited by the system, so whatever a file makes of it, it ends.
"""

import json
import resource
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Final

from bot.chat.finding_lines import chat
from bot.survey.checking import Report, check
from bot.survey.checking_promises import usual_minutes
from bot.survey.questionnaire import Questionnaire
from bot.survey.questionnaire_json import from_json, to_json

MOST_MEMORY: Final = 1_500_000_000  # bytes of address space
MOST_SECONDS: Final = 60  # of computing


def main(arguments: Sequence[str]) -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    form, former, result, _, moment = arguments
    now = datetime.fromisoformat(moment)
    report = check(Path(form), chat(), now, _in_use(Path(former)).get)
    Path(result).write_text(json.dumps(_written(report, now), ensure_ascii=False), "utf-8")
    return 0


def _in_use(path: Path) -> Mapping[str, Questionnaire]:
    forms = [from_json(body) for body in json.loads(path.read_text("utf-8"))]
    return {form.name: form for form in forms}


def _written(report: Report, now: datetime) -> Mapping[str, object]:
    form = report.questionnaire
    is_whole = form is not None and all(one.key.startswith("cek_ubah_") for one in report.errors)
    return {
        "findings": [asdict(finding) for finding in report.findings],
        "form": None if form is None else to_json(form),
        "minutes": usual_minutes(form, now) if form is not None and is_whole else 0.0,
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
