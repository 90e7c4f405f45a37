import dataclasses
import itertools

import pytest

from api import chat_events
from bench.assumptions import REASONS, Assumptions
from bench.capacity import SIZES, Measured, Plan, duration, tables
from core.settings import Settings
from notifier.limits.telegram import TelegramLimits
from tests.bench.test_results import RESULTS

MEASURED = Measured(
    chat=100,
    model=200,
    worker=1000,
    plan_seconds=0.00001,
    stream_kb=10,
    delivery_bytes=500,
    conversation_bytes=1000,
    api_memory=200,
    model_memory=600,
    worker_memory=150,
)


def plan(residents: int, **changes: float) -> Plan:
    return Plan(residents, MEASURED, dataclasses.replace(Assumptions(), **changes))  # type: ignore[arg-type]


def test_the_time_of_an_alert_is_that_of_the_providers_limits() -> None:
    rows = dict(plan(100_000).rows())
    # A fifth subscribes, half of them by Telegram: 10,000 at 29 a second; 10,000 SMS of two parts at 10 a second.
    assert rows["**an alert by one Telegram bot, free**"] == "5.75 minutes"
    assert rows["**an alert by one SMS number**"] == "33.3 minutes"
    assert rows["price of the SMS of one alert"] == "4,000 PLN"


def test_processes_follow_the_busiest_minute_and_the_open_pages() -> None:
    # 100,000 questions a day, a fifth in an hour, twice its mean: 11.1 a second, at half of the measured rates.
    assert plan(1_000_000).questions_a_second == pytest.approx(11.11, abs=0.01)
    assert plan(1_000_000).processes == {"web": 5, "NLU": 1, "worker": 1}
    assert plan(1_000_000, open_pages=0.0001).processes["web"] == 1
    assert plan(38_000_000).processes["NLU"] == 5


def test_what_gives_way_first_is_what_is_most_needed() -> None:
    assert dict(plan(95_000).rows())["**what gives way first**"] == "one SMS number"
    assert (
        dict(plan(95_000, by_telegram=1, open_pages=0).rows())["**what gives way first**"] == "one Telegram bot, free"
    )


@pytest.mark.parametrize("name", ["questions a second in the busiest minute", "memory of all of them"])
def test_a_larger_city_never_needs_less(name: str) -> None:
    needed = [float(dict(plan(size).rows())[name].split()[0].replace(",", "")) for size in SIZES.values()]
    assert all(less <= more for less, more in itertools.pairwise(needed))


def test_every_assumption_has_a_reason() -> None:
    assert REASONS.keys() == {field.name for field in dataclasses.fields(Assumptions)}


def test_limits_of_the_product_are_assumed_as_they_are() -> None:
    assumed, settings = Assumptions(), Settings.model_fields
    assert assumed.streams_a_process == chat_events._MOST_STREAMS
    assert assumed.telegram_a_second == TelegramLimits.per_second
    assert assumed.sms_parts_a_second == settings["sms_parts_per_second"].default
    assert assumed.sms_price == float(settings["sms_price"].default)


def test_a_run_without_a_figure_says_which_one_the_plan_lacks() -> None:
    assert "did not measure" in tables(RESULTS)["plan"]


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(12.5, "12.5 s"), (119, "119 s"), (180, "3 minutes"), (9000, "2.50 hours"), (864_000, "10 days")],
)
def test_durations_are_said_in_the_unit_that_reads_best(seconds: float, text: str) -> None:
    assert duration(seconds) == text
