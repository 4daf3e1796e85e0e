"""When an open answer is so short that the form's further question is asked: once at each question, never again. Pure."""

from typing import Final

from bot.survey.attachments import said_letters
from bot.survey.questionnaire import Labels
from bot.survey.scene import Scene

SHORT: Final = 100  # letters


def probe_after(scene: Scene) -> Labels | None:
    """After "Selesai". An answer that was replaced on a later visit has had its further question."""
    probes, held = scene.item.probes, scene.held
    if not probes or held is None or not held.value or held.revised:
        return None
    return probes[0] if said_letters(held.value) < SHORT else None
