import pytest

from bench.rows import Row, at_least, at_most, number, percentiles


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.834, "0.83"),
        (12.34, "12.3"),
        (1234.5, "1,234"),
        (5.0, "5"),
        (0.0, "0"),
        (0.004, "< 0.01"),
        (2_000_000, "2,000,000"),
    ],
)
def test_a_figure_has_as_many_digits_as_mean_something(value: float, text: str) -> None:
    assert number(value) == text


def test_percentiles_are_those_of_the_samples() -> None:
    found = percentiles([float(n) for n in range(1, 1001)])
    assert found == pytest.approx({"p50": 500.5, "p95": 950.05, "p99": 990.01})


def test_few_samples_have_no_99th_percentile() -> None:
    assert percentiles([float(n) for n in range(20)]).keys() == {"p50", "p95"}


def test_a_row_keeps_its_targets_only_if_each_is_kept() -> None:
    targets = (at_least("ratio", 0.8), at_most("p99", 300))
    assert Row(name="chat", ratio=0.9, p99=250, targets=targets).kept is True
    assert Row(name="chat", ratio=0.9, p99=301, targets=targets).kept is False
    assert Row(name="chat", ratio=0.7, p99=250, targets=targets).kept is False


def test_a_row_without_a_target_is_neither_kept_nor_missed() -> None:
    assert Row(name="chat", value=1).kept is None


def test_a_target_on_a_figure_that_is_missing_is_missed() -> None:
    assert Row(name="chat", targets=(at_most("p99", 300),)).kept is False
