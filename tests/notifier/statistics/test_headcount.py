"""Small numbers of residents."""

from notifier.statistics.headcount import Headcount, Headcounts, headcounts

COUNTS = {"piekary": 0, "fabryczna": 4, "centrum": 5, "zosinek": 12}


def test_fewer_than_five_are_not_told() -> None:
    assert headcounts(COUNTS, exact=False) == {
        "piekary": Headcount(None),
        "fabryczna": Headcount(None),
        "centrum": Headcount(5),
        "zosinek": Headcount(12),
    }


def test_a_sum_does_not_give_away_what_is_not_told() -> None:
    assert Headcounts.of(headcounts(COUNTS, exact=False).values()) == Headcounts(17, is_exact=False)


def test_whoever_works_with_residents_sees_every_number() -> None:
    known = headcounts(COUNTS, exact=True)
    assert [each.count for each in known.values()] == [0, 4, 5, 12]
    assert Headcounts.of(known.values()) == Headcounts(21, is_exact=True)
