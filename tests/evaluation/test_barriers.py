from evaluation.barriers import Barrier, rank

LISTED = ("anggaran", "atasan", "waktu", "tidak_ada", "tt")


def test_barriers_are_ranked_by_how_many_named_them():
    ranking = rank(
        {"a": ["waktu"], "b": ["waktu", "anggaran"], "c": ["tidak_ada"]}, {}, LISTED, ["tt"]
    )
    assert [(barrier.code, barrier.named) for barrier in ranking.barriers] == [
        ("waktu", 2), ("anggaran", 1), ("atasan", 0),
    ]  # fmt: skip


def test_who_named_none_counts_in_the_base():
    ranking = rank({"a": ["waktu"], "b": ["tidak_ada"]}, {}, LISTED, ["tt"])
    assert (ranking.n, ranking.without) == (2, 1)


def test_who_does_not_know_is_left_out():
    assert rank({"a": ["waktu"], "b": ["tt"]}, {}, LISTED, ["tt"]).n == 1


def test_a_single_barrier_is_the_main_one():
    assert rank({"a": ["waktu"]}, {}, LISTED, ["tt"]).barriers[0] == Barrier("waktu", 1, 1)


def test_of_several_the_one_answered_is_the_main_one():
    ranking = rank({"a": ["waktu", "atasan"]}, {"a": "atasan"}, LISTED, ["tt"])
    assert [(barrier.code, barrier.main) for barrier in ranking.barriers if barrier.main] == [
        ("atasan", 1)
    ]


def test_without_an_answer_several_barriers_have_no_main_one():
    assert rank({"a": ["waktu", "atasan"]}, {}, LISTED, ["tt"]).with_main == 0


def test_nobody_gives_an_empty_ranking():
    ranking = rank({}, {}, LISTED, ["tt"])
    assert (ranking.n, ranking.with_main) == (0, 0)
