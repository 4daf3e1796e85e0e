"""The one exception of this room: input that cannot be evaluated, told to the person who can mend it.

`__main__` prints it as one line and leaves with exit code 2; nothing else catches it.
"""


class EvaluationError(Exception):
    """File, place, what is wrong and what to do, in one line of English for the operator."""

    def __init__(self, file: str, what: str, *, column: str = "", row: int | None = None) -> None:
        place = [file]
        if row is not None:
            place.append(f"row {row}")
        if column:
            place.append(f"column {column}")
        super().__init__(f"{', '.join(place)}: {what}")
