"""Where the driven bot can be told to die: before and after what makes a difference."""

POINTS = (
    "before_commit", "after_commit", "before_send", "after_send", "before_confirm", "after_confirm",
    "before_record", "after_record", "before_claim", "after_claim",
)  # fmt: skip
