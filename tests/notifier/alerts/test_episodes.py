"""Episodes of smog as subscribers live through them. The clock starts at 19:30 in Poland on 23 November 2026."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from notifier.alerts.rules import AlertRules
from tests.notifier.alerts.town import HALF_AN_HOUR, HOUR, Town, state


async def test_bad_air_is_told_once_as_the_citys_own_information(town: Town) -> None:
    now = town.clock.now()
    (message,) = await town.run(state(now - HALF_AN_HOUR, 4))
    assert message.key.endswith(":4:2026-11-23")
    assert message.title == "Zła jakość powietrza w Legnicy"
    assert message.body.startswith(
        "Informacja miasta Legnica na podstawie pomiarów GIOŚ. Indeks jakości powietrza: zły.\n"
    )
    assert message.body.endswith("Pomiar: 23.11.2026, 19:00, stacja przy al. Rzeczypospolitej.")
    assert "RCB" not in message.title + message.body + message.sms
    assert message.sms.startswith("Informacja miasta. Indeks jakości powietrza: zły. ")
    assert (message.state, message.expires_at) == ("sent", now + timedelta(hours=6))
    (broadcast,) = await town.broadcasts()
    assert (broadcast.kind, broadcast.topic) == ("alert", "smog")
    assert broadcast.text_for("sms") == f"{message.sms}\nRezygnacja: STOP"
    assert (broadcast.is_severe, broadcast.audience["level"]) == (False, 4)
    assert await town.run(state(now - HALF_AN_HOUR, 4)) == []


@pytest.mark.parametrize("level", [None, 0, 1, 2, 3])
async def test_better_air_is_no_reason_to_write(town: Town, level: int | None) -> None:
    assert await town.hourly(level, level) == []
    assert await town.running() == []


async def test_worse_is_told_once_more_and_less_bad_is_not(town: Town) -> None:
    assert await town.hourly(4, 5, 4, 5) == [4, 5]
    assert [broadcast.is_severe for broadcast in await town.broadcasts()] == [False, True]


async def test_wavering_round_the_threshold_says_nothing_new(town: Town) -> None:
    assert await town.hourly(4, 3, 4, 2) == [4]
    assert len(await town.running()) == 1


async def test_it_is_over_after_two_calm_readings_in_a_row_and_said_once(town: Town) -> None:
    assert await town.hourly(5, 2, 3, 2) == [5]
    assert await town.hourly(None, 1, 1) == [None]
    assert await town.running() == []


async def test_the_all_clear_says_how_it_is_now(town: Town) -> None:
    assert await town.hourly(5, 4, 2, 1) == [5, None]
    clear = (await town.messages())[-1]
    assert clear.title == "Lepsze powietrze w Legnicy"
    assert "Indeks jakości powietrza: dobry." in clear.body
    assert "Poprzednie powiadomienie o smogu jest już nieaktualne." in clear.body


async def test_a_new_episode_after_the_all_clear_is_a_new_alert(town: Town) -> None:
    assert await town.hourly(4, 1, 1) == [4, None]
    assert await town.hourly(4) == [4]


async def test_smog_that_goes_on_is_told_again_in_the_morning_and_not_at_midnight(town: Town) -> None:
    assert await town.hourly(*[4] * 11) == [4]  # the last one at 5:30
    assert await town.hourly(4) == []  # 6:30
    assert await town.hourly(4, 4) == [4]  # 7:30


async def test_getting_worse_at_night_is_told_at_night_and_counts_for_the_day(town: Town) -> None:
    assert await town.hourly(*[4] * 6, 5) == [4, 5]  # 1:30
    assert await town.hourly(*[5] * 12) == []


async def test_alert_updates_and_cancel_are_one_chain(town: Town) -> None:
    assert await town.hourly(4, 5, 1, 1) == [4, 5, None]
    first, worse, clear = await town.messages()
    assert [first.msg_type, worse.msg_type, clear.msg_type] == ["Alert", "Update", "Cancel"]
    assert [reference[0] for reference in first.references] == []
    assert [reference[0] for reference in worse.references] == [first.identifier]
    assert [reference[0] for reference in clear.references] == [first.identifier, worse.identifier]


@pytest.mark.parametrize(("age", "told"), [(timedelta(hours=3), 1), (timedelta(hours=3, seconds=1), 0)])
async def test_old_data_never_raise_an_alert(town: Town, age: timedelta, told: int) -> None:
    assert len(await town.run(state(town.clock.now() - age, 5))) == told


async def test_old_data_never_end_an_episode(town: Town) -> None:
    assert await town.hourly(4) == [4]
    town.clock.advance(timedelta(hours=6))
    old = town.clock.now() - timedelta(hours=4)
    assert await town.run(state(old - HOUR, 1), state(old, 1)) == []
    assert await town.running() == [4]


async def test_a_day_without_data_ends_an_episode_without_a_claim(town: Town) -> None:
    assert await town.hourly(4) == [4]
    last = state(town.clock.now() - HOUR - HALF_AN_HOUR, 4)
    town.clock.advance(timedelta(hours=22))
    assert await town.run(last) == []
    assert await town.running() == [4]
    town.clock.advance(HOUR)
    assert await town.run(last) == []
    assert await town.running() == []
    assert await town.hourly(4) == [4]


async def test_missed_hours_are_caught_up_and_told_of_once(town: Town) -> None:
    assert await town.hourly(4) == [4]
    town.clock.advance(timedelta(hours=5))
    newest = town.clock.now() - HALF_AN_HOUR
    missed = [state(newest - HOUR * back, level) for back, level in ((3, 5), (2, 1), (1, 5), (0, 5))]
    assert [message.level for message in await town.run(*missed)] == [5]
    town.clock.advance(timedelta(hours=3))
    newest = town.clock.now() - HALF_AN_HOUR
    calm = [state(newest - HOUR * back, 1) for back in (2, 1, 0)]
    assert [message.level for message in await town.run(*calm)] == [None]


async def test_the_mean_of_a_day_raises_and_calms_by_its_own_thresholds(town: Town) -> None:
    now = town.clock.now
    assert await town.run(state(now(), 3, pm10_day=100)) == []
    town.clock.advance(HOUR)
    (message,) = await town.run(state(now(), 3, pm10_day=112.4))
    assert message.level == 4
    assert "Średnia PM10 z 24 godzin: 112,4 µg/m³, próg informowania: 100." in message.body
    for value in (90, 85, 80, None, 79):
        town.clock.advance(HOUR)
        told = [message.level for message in await town.run(state(now(), 3, pm10_day=value))]
        assert told == ([None] if value == 79 else [])


async def test_what_is_no_longer_exceeded_is_not_told_again_although_the_episode_goes_on(town: Town) -> None:
    await town.run(state(town.clock.now(), 4, pm10_day=120))
    for _ in range(14):
        town.clock.advance(HOUR)
        assert await town.run(state(town.clock.now(), 3, pm10_day=90)) == []
    assert await town.running() == [0]


async def test_a_sensor_that_fell_silent_keeps_no_episode_open(town: Town) -> None:
    await town.run(state(town.clock.now(), 4, pm10_day=120))
    told: list[int | None] = []
    for _ in range(27):
        town.clock.advance(HOUR)
        told += [message.level for message in await town.run(state(town.clock.now(), 1))]
    assert told == [None]


async def test_a_rule_holds_only_while_it_is_in_force(town: Town, rules: AlertRules) -> None:
    today = town.clock.now().date()
    late = tuple(rule.model_copy(update={"valid_from": today + timedelta(days=1)}) for rule in rules.rules)
    town.follow_rules(rules.model_copy(update={"rules": late}))
    assert await town.hourly(5) == []
    town.clock.advance(timedelta(days=1))
    assert await town.hourly(5) == [5]


async def test_samples_raise_no_alert_and_touch_no_real_one(town: Town) -> None:
    now = town.clock.now
    assert await town.run(state(now(), 5, sample=True)) == []
    assert len(await town.run(state(now(), 4))) == 1
    town.clock.advance(HOUR)
    assert await town.run(state(now(), 0, sample=True)) == []
    assert await town.running() == [4]


async def test_the_demo_says_that_its_alert_is_a_sample_and_credits_nobody(town: Town, rules: AlertRules) -> None:
    town.follow_rules(rules, allow_sample=True)
    (message,) = await town.run(state(town.clock.now(), 5, sample=True))
    assert message.sample
    assert message.title.startswith("Przykład: ")
    assert message.body.startswith("Dane przykładowe: to nie są prawdziwe pomiary.")
    assert "GIOŚ" not in message.body + message.sms
    town.clock.advance(HOUR)
    (real,) = await town.run(state(town.clock.now(), 4))
    assert not real.sample
    assert "GIOŚ" in real.body
    assert await town.running() == [4]


async def test_two_processes_at_once_tell_it_once(town: Town) -> None:
    current = state(town.clock.now(), 4)
    await asyncio.gather(*(town.run(current) for _ in range(4)))
    assert len(await town.messages()) == len(await town.broadcasts()) == 1


async def test_the_day_is_the_polish_one(town: Town) -> None:
    town.clock.set(datetime(2026, 11, 23, 23, 30, tzinfo=UTC))
    (message,) = await town.run(state(town.clock.now(), 4))
    assert message.key.endswith(":2026-11-24")


async def test_without_data_nothing_happens(town: Town) -> None:
    assert await town.run() == []
