from evaluation.barriers import Barrier, rank

LISTED = ("anggaran", "atasan", "waktu", "tidak_ada", "tt")


def test_barriers_are_ranked_by_how_many_named_them():
    given = {("waktu", ""): 1, ("waktu anggaran", ""): 1, ("tidak_ada", ""): 1}
    ranking = rank(given, LISTED, ["tt"])
    assert [(barrier.code, barrier.named) for barrier in ranking.barriers] == [
        ("waktu", 2), ("anggaran", 1), ("atasan", 0),
    ]  # fmt: skip


def test_who_named_none_counts_in_the_base():
    ranking = rank({("waktu", ""): 1, ("tidak_ada", ""): 1}, LISTED, ["tt"])
    assert (ranking.n, ranking.without) == (2, 1)


def test_who_does_not_know_is_left_out():
    assert rank({("waktu", ""): 1, ("tt", ""): 1}, LISTED, ["tt"]).n == 1


def test_a_single_barrier_is_the_main_one():
    assert rank({("waktu", ""): 1}, LISTED, ["tt"]).barriers[0] == Barrier("waktu", 1, 1)


def test_of_several_the_one_answered_is_the_main_one():
    ranking = rank({("waktu atasan", "atasan"): 1}, LISTED, ["tt"])
    assert [(barrier.code, barrier.main) for barrier in ranking.barriers if barrier.main] == [
        ("atasan", 1)
    ]


def test_without_an_answer_several_barriers_have_no_main_one():
    assert rank({("waktu atasan", ""): 1}, LISTED, ["tt"]).with_main == 0


def test_nobody_gives_an_empty_ranking():
    ranking = rank({}, LISTED, ["tt"])
    assert (ranking.n, ranking.with_main) == (0, 0)


def test_people_who_answered_alike_are_counted_each():
    given = {("waktu atasan", "atasan"): 3, ("waktu tt", ""): 2, ("tt", ""): 4}
    ranking = rank(given, LISTED, ["tt"])
    assert (ranking.n, ranking.with_main) == (5, 5)
    assert ranking.barriers[:2] == (Barrier("waktu", 5, 2), Barrier("atasan", 3, 3))
