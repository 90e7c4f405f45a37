"""Reports of Twilio about SMS, in any order: what they change in the deliveries, and for the resident."""

import random

import httpx2
import pytest
from sqlalchemy import select

from notifier.staff_notices.models import StaffNoticeRow
from notifier.subscriptions.repository import consents
from notifier.subscriptions.suppression import reason_against
from tests.api.twilio.reports import NUMBER, SID, first_delivery, report, sent_one
from tests.notifier.deliveries.world import World


@pytest.mark.parametrize(
    ("status", "code", "state", "error"),
    [
        ("delivered", "", "delivered", None),
        ("read", "", "delivered", None),
        ("failed", "30008", "failed", "30008"),
        ("undelivered", "30003", "failed", "30003"),
        ("canceled", "", "failed", "canceled"),
        ("sent", "", "sent", None),
        ("queued", "", "sent", None),
        ("receiving", "", "sent", None),
        ("a status of tomorrow", "", "sent", None),
    ],
)
async def test_a_report_moves_the_delivery(
    twilio: httpx2.AsyncClient, town: World, status: str, code: str, state: str, error: str | None
) -> None:
    await sent_one(town)
    await report(twilio, status, code)
    row = await first_delivery(town)
    assert (row.state, row.error, row.provider_id) == (state, error, SID)
    assert await town.contact_state(row.contact_id) == ("active", 1)


async def test_a_phone_that_was_off_gets_another_message_later_unless_the_first_arrives(
    twilio: httpx2.AsyncClient, town: World
) -> None:
    await sent_one(town)
    await report(twilio, "undelivered", "30003")
    first, second = await town.deliveries()
    assert (first.state, second.state, second.repeats_id) == ("failed", "pending", first.id)
    assert second.due_at > town.clock.now()

    await report(twilio, "delivered")
    assert [(row.state, row.error) for row in await town.deliveries()] == [
        ("delivered", None),
        ("cancelled", "arrived_after_all"),
    ]


@pytest.mark.parametrize("first", [("delivered", ""), ("undelivered", "30003")])
@pytest.mark.parametrize(
    "later", [("sent", ""), ("queued", ""), ("delivered", ""), ("undelivered", "30008"), ("failed", "21610")]
)
async def test_late_repeated_and_disordered_reports_change_nothing(
    twilio: httpx2.AsyncClient, town: World, first: tuple[str, str], later: tuple[str, str]
) -> None:
    await sent_one(town)
    await report(twilio, *first)
    before = await first_delivery(town)
    await report(twilio, *later)
    after = await first_delivery(town)
    if later[0] == "delivered":
        # Whatever was said before: it has arrived.
        assert (after.state, after.error) == ("delivered", None)
    else:
        assert (after.state, after.error, after.finished_at) == (before.state, before.error, before.finished_at)
    assert await town.contact_state(after.contact_id) == ("active", 1)


@pytest.mark.parametrize(
    "last", [("delivered", ""), ("undelivered", "30003"), ("failed", "30008"), ("failed", "21610")]
)
@pytest.mark.parametrize("seed", range(6))
async def test_whatever_order_and_number_of_reports_the_end_is_the_same(
    twilio: httpx2.AsyncClient, town: World, last: tuple[str, str], seed: int
) -> None:
    """Twilio promises no order, and repeats a report that it got no answer to."""
    await sent_one(town)
    shuffler = random.Random(seed)  # noqa: S311 - an order, not a secret
    reports = [("queued", ""), ("sending", ""), ("sent", ""), last] * shuffler.randint(1, 3)
    shuffler.shuffle(reports)
    for status, code in reports:
        await report(twilio, status, code)
    row = await first_delivery(town)
    arrived = last[0] == "delivered"
    assert (row.state, row.error) == (("delivered", None) if arrived else ("failed", last[1]))
    assert len(await town.deliveries()) == (2 if last[1] in {"30003", "30008"} else 1)
    assert await town.contact_state(row.contact_id) == (("stopped", 0) if last[1] == "21610" else ("active", 1))


async def test_who_sent_stop_gets_no_more_until_signing_up_again(twilio: httpx2.AsyncClient, town: World) -> None:
    row = await sent_one(town)
    await report(twilio, "failed", "21610")
    assert (await first_delivery(town)).state == "failed"
    assert await town.contact_state(row.contact_id) == ("stopped", 0)
    async with town.database.write() as session:
        await town.subscriptions.subscribe(session, "sms", NUMBER, "smog", text_version="1")
    await report(twilio, "failed", "21610")
    assert await town.contact_state(row.contact_id) == ("active", 1)


async def test_stop_said_to_the_provider_is_kept_as_the_residents_own_word(
    twilio: httpx2.AsyncClient, town: World
) -> None:
    row = await sent_one(town)
    await report(twilio, "failed", "21610")
    async with town.database.read() as session:
        given, withdrawn = await consents(session, row.contact_id)
        contact = await town.subscriptions.contact(session, "sms", NUMBER)
        assert contact
        assert await reason_against(session, "sms", contact.address_digest) == "asked"
    assert (withdrawn.action, withdrawn.source, withdrawn.topic) == ("withdrawn", "provider", given.topic)
    assert withdrawn.text_version == given.text_version


async def test_staff_hear_once_a_day_of_texts_taken_for_spam_and_what_to_do(
    twilio: httpx2.AsyncClient, town: World
) -> None:
    await sent_one(town)
    for _ in range(3):
        await report(twilio, "undelivered", "30007")
    async with town.database.read() as session:
        (notice,) = (await session.scalars(select(StaffNoticeRow))).all()
    assert "30007" in notice.subject
    assert "Tego samego tekstu nie należy wysyłać ponownie" in notice.body
    assert NUMBER not in notice.subject + notice.body
