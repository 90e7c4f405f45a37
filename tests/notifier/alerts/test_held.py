"""Official notices, and messages that wait for a person. The clock starts at 19:30 in Poland on 23 November 2026."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from content.topics.air.notices import Notice
from core.audit.models import AuditRow
from core.staff.actor import Actor
from core.staff.errors import PermissionRefusedError
from core.staff.permissions import Permission
from notifier.alerts.errors import (
    AlreadyDecidedError,
    DecisionRefusedError,
    StaleAlertError,
    UnknownAlertError,
)
from notifier.alerts.models import AlertMessageRow
from notifier.alerts.rules import AlertRules, Release
from tests.notifier.alerts.town import HOUR, PIOTR, Town, named, notice_of, state

PERSON, REASON = "Piotr Lis", "Zgodne z komunikatem na stronie GIOŚ"


def _notice(town: Town, kind: str = "alert", age: timedelta = HOUR, precautions: str | None = None) -> Notice:
    return notice_of(
        "Poziom alarmowy, S24 > 150 ug/m3", town.clock.now() - age, kind=kind, pollutant="pm10", precautions=precautions
    )


async def _held(town: Town) -> AlertMessageRow:
    (message,) = await town.run(state(town.clock.now(), 3, notices=[_notice(town, precautions="Zostań w domu.")]))
    assert message.state == "held"
    return message


@pytest.fixture
def held_levels(town: Town, rules: AlertRules) -> None:
    """Level 4 goes out by itself, level 5 waits half an hour and lapses then."""
    release = Release(mode="held", hold_minutes=30, at_deadline="lapse")
    levels = {4: rules.levels[4], 5: rules.levels[5].model_copy(update={"release": release})}
    town.follow_rules(rules.model_copy(update={"levels": levels}))


async def test_an_official_notice_is_quoted_as_such_with_its_source(town: Town) -> None:
    message = await _held(town)
    assert message.title == "GIOŚ: przekroczony poziom alarmowy"
    assert message.body == (
        "Informacja miasta. Główny Inspektorat Ochrony Środowiska podał 23.11.2026, 18:30: "
        "„Poziom alarmowy, S24 > 150 ug/m3”. Zalecenia GIOŚ: „Zostań w domu”.\n"
        "Źródło: powietrze.gios.gov.pl"
    )


async def test_a_person_is_told_at_once_and_only_once(town: Town) -> None:
    message = await _held(town)
    await town.run(state(town.clock.now(), 3, notices=[_notice(town)]))
    ((key, subject, text),) = town.asked
    assert key == f"held-alert:{message.id}"
    assert subject == "Do decyzji do 20:00: GIOŚ: przekroczony poziom alarmowy"
    assert "Bez decyzji zostanie wysłane." in text
    assert await town.broadcasts() == []


async def test_a_person_who_could_not_be_told_is_told_with_the_next_run(town: Town) -> None:
    town.answers_the_phone = False
    await _held(town)
    town.answers_the_phone = True
    await town.run(state(town.clock.now(), 3, notices=[_notice(town)]))
    assert len(town.asked) == 1


async def test_a_confirmed_message_goes_out_with_name_and_reason(town: Town) -> None:
    message = await _held(town)
    confirmed = await town.decisions.confirm(named(f" {PERSON} "), message.id, REASON)
    assert (confirmed.state, confirmed.decided_by, confirmed.decision_reason) == ("sent", PERSON, REASON)
    assert (confirmed.msg_type, confirmed.sent_at) == ("Alert", town.clock.now())
    (broadcast,) = await town.broadcasts()
    assert broadcast.is_severe
    assert await town.decisions.held() == []


async def test_two_people_at_once_decide_it_once(town: Town) -> None:
    message = await _held(town)
    results = await asyncio.gather(
        town.decisions.confirm(PIOTR, message.id, REASON),
        town.decisions.reject(named("Ewa Kos"), message.id, REASON),
        return_exceptions=True,
    )
    assert sum(isinstance(result, AlreadyDecidedError) for result in results) == 1


async def test_a_rejected_message_never_goes_out(town: Town) -> None:
    message = await _held(town)
    rejected = await town.decisions.reject(PIOTR, message.id, "Pomyłka stacji")
    assert rejected.state == "rejected"
    town.clock.advance(timedelta(hours=2))
    await town.run(state(town.clock.now(), 3, notices=[_notice(town, age=3 * HOUR)]))
    assert await town.broadcasts() == []
    with pytest.raises(AlreadyDecidedError, match=f"^Alert {message.id} is rejected"):
        await town.decisions.confirm(PIOTR, message.id, REASON)


async def test_at_the_deadline_it_is_sent_when_the_rule_says_so(town: Town) -> None:
    await _held(town)
    notice = _notice(town)
    town.clock.advance(timedelta(minutes=29))
    await town.run(state(town.clock.now(), 3, notices=[notice]))
    assert await town.broadcasts() == []
    town.clock.advance(timedelta(minutes=1))
    for _ in range(2):
        await town.run(state(town.clock.now(), 3, notices=[notice]))
    (broadcast,) = await town.broadcasts()
    assert broadcast.title == "GIOŚ: przekroczony poziom alarmowy"


@pytest.mark.usefixtures("held_levels")
async def test_at_the_deadline_it_lapses_when_the_rule_says_so(town: Town) -> None:
    await town.run(state(town.clock.now(), 5))
    assert "Bez decyzji nie zostanie wysłane." in town.asked[0][2]
    town.clock.advance(HOUR)
    await town.run(state(town.clock.now(), 5))
    assert [message.state for message in await town.messages()] == ["lapsed"]
    # Of what nobody heard, nobody hears that it is over.
    assert await town.hourly(1, 1, 1) == []
    assert await town.broadcasts() == []


@pytest.mark.usefixtures("held_levels")
async def test_what_is_overtaken_waits_no_longer(town: Town) -> None:
    assert await town.hourly(4) == [4]
    town.clock.advance(timedelta(minutes=-15))
    await town.run(state(town.clock.now(), 5))
    now = town.clock.now()
    town.clock.advance(timedelta(minutes=20))
    calm = [state(now + timedelta(minutes=minutes), 1) for minutes in (5, 10)]
    assert [message.level for message in await town.run(*calm)] == [None]
    assert [message.state for message in await town.messages()] == ["sent", "withdrawn", "sent"]
    # Only level 4 went out, so only its readers hear the end of it.
    alert, clear = await town.broadcasts()
    assert (alert.audience["level"], clear.audience["follows"]) == (4, [alert.id])


async def test_a_message_too_old_to_be_of_use_is_not_sent(town: Town) -> None:
    message = await _held(town)
    town.clock.advance(timedelta(hours=6))
    with pytest.raises(StaleAlertError):
        await town.decisions.confirm(PIOTR, message.id, REASON)
    await town.run(state(town.clock.now(), 3, notices=[_notice(town, age=7 * HOUR)]))
    assert [row.state for row in await town.messages()] == ["lapsed"]
    assert await town.broadcasts() == []


@pytest.mark.parametrize(("person", "reason"), [(" ", REASON), (PERSON, ""), ("x" * 81, REASON), (PERSON, "x" * 301)])
async def test_a_decision_needs_a_name_and_a_reason(town: Town, person: str, reason: str) -> None:
    message = await _held(town)
    for decide in (town.decisions.confirm, town.decisions.reject):
        with pytest.raises(DecisionRefusedError):
            await decide(named(person), message.id, reason)
    assert [row.id for row in await town.decisions.held()] == [message.id]


async def test_only_whoever_may_decides(town: Town) -> None:
    message = await _held(town)
    for decide in (town.decisions.confirm, town.decisions.reject):
        with pytest.raises(PermissionRefusedError):
            await decide(Actor("Ewa Lis", frozenset({Permission.READ_ALERTS})), message.id, REASON)
    assert [row.id for row in await town.decisions.held()] == [message.id]


async def test_a_decision_stands_in_the_audit_log(town: Town) -> None:
    message = await _held(town)
    await town.decisions.reject(PIOTR, message.id, "Pomyłka stacji")
    async with town.database.read() as session:
        (row,) = (await session.scalars(select(AuditRow))).all()
    assert (row.actor, row.action, row.subject) == (PERSON, "alert.rejected", f"alerts/{message.id}")
    assert row.after == {"state": "rejected", "title": message.title, "reason": "Pomyłka stacji"}


async def test_an_alert_that_does_not_exist_is_refused(town: Town) -> None:
    with pytest.raises(UnknownAlertError, match=r"^There is no alert 404: check the number\.$"):
        await town.decisions.confirm(PIOTR, 404, REASON)


async def test_a_notice_is_an_episode_of_its_own_beside_the_index(town: Town) -> None:
    told = await town.run(state(town.clock.now(), 4, notices=[_notice(town), _notice(town, "information")]))
    assert sorted(message.state for message in told) == ["held", "held", "sent"]
    assert len(await town.running()) == 3


async def test_a_repeated_notice_is_passed_on_again_the_next_morning(town: Town) -> None:
    message = await _held(town)
    await town.decisions.confirm(PIOTR, message.id, REASON)
    town.clock.advance(timedelta(hours=14))
    (again,) = await town.run(state(town.clock.now(), 3, notices=[_notice(town)]))
    assert (await town.decisions.confirm(PIOTR, again.id, REASON)).msg_type == "Update"


async def test_a_notice_that_is_gone_ends_unsaid(town: Town) -> None:
    message = await _held(town)
    town.clock.advance(timedelta(minutes=10))
    assert await town.run(state(town.clock.now(), 3)) == []
    assert await town.running() == []
    assert [row.state for row in await town.messages()] == ["withdrawn"]
    assert message.id


@pytest.mark.parametrize(("kind", "age"), [("limit", HOUR), ("other", HOUR), ("alert", 25 * HOUR), ("alert", -HOUR)])
async def test_what_is_no_alert_or_no_news_is_not_passed_on(town: Town, kind: str, age: timedelta) -> None:
    assert await town.run(state(town.clock.now(), 3, notices=[_notice(town, kind, age)])) == []
