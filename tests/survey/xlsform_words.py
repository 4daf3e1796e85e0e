"""Every question type, column and setting that pyxform lists, from its own tables."""

from pyxform import aliases, constants
from pyxform.question_type_dictionary import QUESTION_TYPE_DICT
from pyxform.survey import SURVEY_FIELDS

from tests.survey import tiny_forms

# pyxform writes the settings into the same record as what it makes of the form.
_NO_SETTINGS = frozenset({
    "label", "parent", "extra_data", "bind", "children", "control", "hint", "media", "type",
    "instance", "flat", "choices", "file_name", "entity_version", "setgeopoint_by_triggering_ref",
    "setvalues_by_triggering_ref", "sms_field",
})  # fmt: skip


def types() -> frozenset[str]:
    with_other = {"select_one or_other", "select_multiple or_other"}
    return frozenset(
        {*QUESTION_TYPE_DICT, *aliases.select, *aliases.select_from_file, *aliases.cascading}
        | {*aliases.osm, *constants.EXTERNAL_INSTANCE_TYPES, *tiny_forms.BEGUN, *with_other}
    )


def survey_columns() -> frozenset[str]:
    return frozenset(
        {*aliases.survey_header, *aliases.TRANSLATABLE_SURVEY_COLUMNS, *tiny_forms.CELLS}
    )


def choice_columns() -> frozenset[str]:
    return frozenset({*aliases.list_header, "list name", "name"}) - {"caption", "value"} | {
        *aliases.TRANSLATABLE_CHOICES_COLUMNS
    }


def settings() -> frozenset[str]:
    shown = {name for name in SURVEY_FIELDS if not name.startswith("_")}
    return frozenset(shown | {*aliases.settings_header}) - _NO_SETTINGS
