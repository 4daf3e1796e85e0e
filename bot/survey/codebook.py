"""The codebook of a questionnaire for the analyst: one row per item and code. Pure.

Says what each variable and code means, in the questionnaire's first language; knows no answers.
Texts keep their ${placeholders}: what was piped into them differs from person to person.
"""

from collections.abc import Iterator

from bot.survey.questionnaire import Item, Option, Questionnaire, in_language

COLUMNS = (
    "questionnaire", "version", "position", "item", "type", "label", "dimension", "level",
    "moment", "pair", "scm", "value", "value_label", "score", "missing", "relevant",
)  # fmt: skip


def rows(questionnaire: Questionnaire) -> Iterator[dict[str, str]]:
    """One row a code; an item without options has one row with an empty value."""
    language = questionnaire.languages[0]
    for position, item in enumerate(questionnaire.items, start=1):
        about = {
            "questionnaire": questionnaire.name,
            "version": questionnaire.version,
            "position": str(position),
            **_item_cells(item, language),
        }
        for option in item.options or (None,):
            yield {**about, **_option_cells(option, language)}


def _item_cells(item: Item, language: str) -> dict[str, str]:
    return {
        "item": item.name,
        "type": item.kind,
        "label": in_language(item.labels, language),
        "dimension": item.dimension,
        "level": item.level,
        "moment": item.moment,
        "pair": item.pair,
        "scm": item.scm,
        "relevant": item.relevant,
    }


def _option_cells(option: Option | None, language: str) -> dict[str, str]:
    if option is None:
        return {"value": "", "value_label": "", "score": "", "missing": ""}
    return {
        "value": option.code,
        "value_label": in_language(option.labels, language),
        "score": "" if option.score is None else f"{option.score:g}",
        "missing": option.missing,
    }
