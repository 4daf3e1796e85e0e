"""Golden values of the R package outcomerate (DOMAIN 3.7)."""

import pytest

from evaluation.rates import Counts, counts_of, rr1, rr2

OUTCOMERATE = Counts(complete=4, partial=2, refused=1, noncontact=1, other=1, unknown_household=1, unknown=1, ineligible=1)  # fmt: skip


def test_the_rates_are_those_of_outcomerate():
    assert rr1(OUTCOMERATE) == pytest.approx(0.364, abs=5e-4)
    assert rr2(OUTCOMERATE) == pytest.approx(0.545, abs=5e-4)


GROUPS = [
    ("complete", "complete"), ("partial", "partial"), ("break_off", "refused"), ("refused", "refused"),
    ("noncontact", "noncontact"), ("other", "other"), ("unknown", "unknown"), ("ineligible", "ineligible"),
    ("issued", "pending"), ("invited", "pending"),
]  # fmt: skip


@pytest.mark.parametrize(("disposition", "group"), GROUPS)
def test_each_disposition_falls_into_its_aapor_group(disposition: str, group: str):
    assert counts_of([disposition], is_open=False) == Counts(**{group: 1})


def test_a_begun_response_waits_while_the_round_is_open():
    assert counts_of(["partial", "complete"], is_open=True) == Counts(
        complete=1, pending=1, begun=1
    )


def test_the_ineligible_leave_the_denominator_and_the_waiting_stay_in_it():
    counts = counts_of(["complete", "invited", "issued", "ineligible"], is_open=True)
    assert (counts.eligible, counts.issued, rr2(counts)) == (3, 4, pytest.approx(1 / 3))


def test_nobody_eligible_has_no_rate():
    assert (rr1(counts_of(["ineligible"], is_open=False)), rr2(Counts())) == (None, None)
