"""Golden values of the R package outcomerate (DOMAIN 3.7)."""

import pytest

from evaluation.rates import Counts, counts_of, rates_of, rr1, rr2

OUTCOMERATE = Counts(complete=4, partial=2, refused=1, noncontact=1, other=1, unknown_household=1, unknown=1, ineligible=1)  # fmt: skip


def test_the_rates_are_those_of_outcomerate():
    assert rr1(OUTCOMERATE) == pytest.approx(0.364, abs=5e-4)
    assert rr2(OUTCOMERATE) == pytest.approx(0.545, abs=5e-4)


TABLE = [
    ("rr1", 0.364), ("rr2", 0.545), ("rr3", 0.370), ("rr4", 0.556), ("rr5", 0.444), ("rr6", 0.667),
    ("coop1", 0.500), ("coop2", 0.750), ("coop3", 0.571), ("coop4", 0.857),
    ("ref1", 0.091), ("ref2", 0.093), ("ref3", 0.111), ("con1", 0.727), ("con2", 0.741), ("con3", 0.889),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value"), TABLE)
def test_every_rate_of_the_package_is_reproduced(name: str, value: float):
    assert getattr(rates_of(OUTCOMERATE), name) == pytest.approx(value, abs=5e-4)


def test_e_is_the_share_of_the_eligible_among_the_settled():
    assert rates_of(OUTCOMERATE).e == 0.9  # nine known eligible, one not


def test_nobody_has_no_rate_of_any_kind():
    rates = rates_of(Counts())
    assert {getattr(rates, name) for name, _ in TABLE} == {None}


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
