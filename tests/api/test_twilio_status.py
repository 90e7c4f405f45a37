"""Reports of Twilio about SMS: signed as Twilio signs, seen in the deliveries."""

import base64
import hashlib
import hmac
import logging
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import timedelta
from io import StringIO
from urllib.parse import urlencode

import httpx2
import pytest
from sqlalchemy import select

from api.app import create_app
from api.dependencies import Services
from api.webhooks.twilio_form import TwilioCaller
from api.webhooks.twilio_status import PATH, TwilioStatusWebhook, twilio_status_router
from content.pack import City
from core.database import Database
from core.logging import configure_logging
from core.redis import open_redis
from notifier.channels.base import Outcome, OutgoingMessage, Receipt, Unanswered
from notifier.channels.twilio.signature import SignatureCheck
from notifier.deliveries.models import DeliveryRow
from notifier.deliveries.receipts import Receipts
from notifier.staff_notices.models import StaffNoticeRow
from notifier.staff_notices.service import StaffNotices
from notifier.staff_notices.texts import load_notice_texts
from notifier.subscriptions.repository import consents
from notifier.subscriptions.suppression import reason_against
from tests.notifier.deliveries.world import ANNOUNCEMENT, ScriptedChannel, World

ACCOUNT, TOKEN, PUBLIC_URL = "AC0123", "auth-token", "https://miasto.example"
SID, NUMBER = "SM" + "a1" * 16, "+48601000000"
_RETRY = timedelta(minutes=1)
Fields = dict[str, str]


class _Reporting(ScriptedChannel):
    """A provider that reports on a message before it answers the call."""

    def __init__(self, report: Callable[[], Awaitable[None]]) -> None:
        super().__init__()
        self._report = report
        self.outcomes: list[Outcome] = []
        self.reports_from = 1

    async def _send(self, address: str, message: OutgoingMessage) -> Outcome:
        await super()._send(address, message)
        if len(self.called) >= self.reports_from:
            await self._report()
        return self.outcomes.pop(0) if self.outcomes else Receipt(SID)


@pytest.fixture
async def town(database: Database) -> AsyncIterator[World]:
    """A town with subscribers and a queue."""
    redis = open_redis(None)
    yield World(database, redis)
    await redis.aclose()


@pytest.fixture
def notices(town: World, city: City) -> StaffNotices:
    return StaffNotices(town.database, town.redis, town.clock, load_notice_texts(city.folder))


@pytest.fixture
async def twilio(services: Services, town: World, notices: StaffNotices) -> AsyncIterator[httpx2.AsyncClient]:
    """A client of the application that Twilio reports to."""
    caller = TwilioCaller(ACCOUNT, PUBLIC_URL, SignatureCheck(TOKEN))
    router = twilio_status_router(TwilioStatusWebhook(caller, Receipts(town.database, town.clock), notices))
    transport = httpx2.ASGITransport(create_app(services, [router]), raise_app_exceptions=False)
    async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
        yield client


def _fields(status: str, code: str = "", sid: str = SID, **more: str) -> Fields:
    named = {"MessageSid": sid, "MessageStatus": status, "AccountSid": ACCOUNT, "From": "+48732000000", "To": NUMBER}
    return {**named, **({"ErrorCode": code} if code else {}), **more}


def _signature(fields: Fields, url: str) -> str:
    signed = url + "".join(name + value for name, value in sorted(fields.items()))
    return base64.b64encode(hmac.new(TOKEN.encode(), signed.encode(), hashlib.sha1).digest()).decode()


async def _post(client: httpx2.AsyncClient, fields: Fields, query: str, signature: str | None = None) -> int:
    signed = _signature(fields, PUBLIC_URL + PATH + query) if signature is None else signature
    headers = {"X-Twilio-Signature": signed, "Content-Type": "application/x-www-form-urlencoded"}
    return (await client.post(PATH + query, content=urlencode(fields).encode(), headers=headers)).status_code


async def _report(
    client: httpx2.AsyncClient, status: str, code: str = "", sid: str = SID, delivery: object = 1
) -> None:
    assert await _post(client, _fields(status, code, sid), f"?delivery={delivery}") == 204


async def _sent(town: World) -> DeliveryRow:
    """Send one message, which Twilio accepts."""
    await town.subscribe()
    await town.publish(kind=ANNOUNCEMENT)
    channel = ScriptedChannel()
    channel.default = Receipt(SID)
    await town.drain(town.lane(channel))
    return await _delivery(town)


async def _delivery(town: World) -> DeliveryRow:
    """Return the delivery that was sent; another one may wait in its place when it failed."""
    (row,) = [row for row in await town.deliveries() if row.round == 0]
    return row


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
    await _sent(town)
    await _report(twilio, status, code)
    row = await _delivery(town)
    assert (row.state, row.error, row.provider_id) == (state, error, SID)
    assert await town.contact_state(row.contact_id) == ("active", 1)


async def test_a_phone_that_was_off_gets_another_message_later_unless_the_first_arrives(
    twilio: httpx2.AsyncClient, town: World
) -> None:
    await _sent(town)
    await _report(twilio, "undelivered", "30003")
    first, second = await town.deliveries()
    assert (first.state, second.state, second.repeats_id) == ("failed", "pending", first.id)
    assert second.due_at > town.clock.now()

    await _report(twilio, "delivered")
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
    await _sent(town)
    await _report(twilio, *first)
    before = await _delivery(town)
    await _report(twilio, *later)
    after = await _delivery(town)
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
    await _sent(town)
    shuffler = random.Random(seed)  # noqa: S311 - an order, not a secret
    reports = [("queued", ""), ("sending", ""), ("sent", ""), last] * shuffler.randint(1, 3)
    shuffler.shuffle(reports)
    for status, code in reports:
        await _report(twilio, status, code)
    row = await _delivery(town)
    arrived = last[0] == "delivered"
    assert (row.state, row.error) == (("delivered", None) if arrived else ("failed", last[1]))
    assert len(await town.deliveries()) == (2 if last[1] in {"30003", "30008"} else 1)
    assert await town.contact_state(row.contact_id) == (("stopped", 0) if last[1] == "21610" else ("active", 1))


async def test_who_sent_stop_gets_no_more_until_signing_up_again(twilio: httpx2.AsyncClient, town: World) -> None:
    row = await _sent(town)
    await _report(twilio, "failed", "21610")
    assert (await _delivery(town)).state == "failed"
    assert await town.contact_state(row.contact_id) == ("stopped", 0)
    async with town.database.write() as session:
        await town.subscriptions.subscribe(session, "sms", NUMBER, "smog", text_version="1")
    await _report(twilio, "failed", "21610")
    assert await town.contact_state(row.contact_id) == ("active", 1)


async def test_stop_said_to_the_provider_is_kept_as_the_residents_own_word(
    twilio: httpx2.AsyncClient, town: World
) -> None:
    row = await _sent(town)
    await _report(twilio, "failed", "21610")
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
    await _sent(town)
    for _ in range(3):
        await _report(twilio, "undelivered", "30007")
    async with town.database.read() as session:
        (notice,) = (await session.scalars(select(StaffNoticeRow))).all()
    assert "30007" in notice.subject
    assert "Tego samego tekstu nie należy wysyłać ponownie" in notice.body
    assert NUMBER not in notice.subject + notice.body


async def test_a_report_may_overtake_the_answer_to_the_call(twilio: httpx2.AsyncClient, town: World) -> None:
    await town.subscribe()
    await town.publish()
    channel = _Reporting(lambda: _report(twilio, "delivered"))
    await town.drain(town.lane(channel))
    row = await _delivery(town)
    assert (row.state, row.provider_id, len(channel.called)) == ("delivered", SID, 1)


async def test_a_refusal_may_overtake_the_answer_to_the_only_call(twilio: httpx2.AsyncClient, town: World) -> None:
    await town.subscribe()
    await town.publish()
    await town.drain(town.lane(_Reporting(lambda: _report(twilio, "failed", "21610"))))
    row = await _delivery(town)
    assert (row.state, row.error) == ("failed", "21610")
    assert await town.contact_state(row.contact_id) == ("stopped", 0)


@pytest.mark.parametrize(("status", "state"), [("sent", "sent"), ("delivered", "delivered"), ("failed", "failed")])
async def test_a_report_settles_what_was_never_answered(
    twilio: httpx2.AsyncClient, town: World, status: str, state: str
) -> None:
    await town.subscribe()
    await town.publish(kind=ANNOUNCEMENT)
    channel = ScriptedChannel()
    channel.default = Unanswered("timeout")
    await town.drain(town.lane(channel))
    assert (await _delivery(town)).state == "unknown"
    await _report(twilio, status)
    row = await _delivery(town)
    assert (row.state, row.provider_id) == (state, SID)


async def test_a_failed_first_call_says_nothing_about_the_second(twilio: httpx2.AsyncClient, town: World) -> None:
    await town.subscribe()
    await town.publish()
    channel = _Reporting(lambda: _report(twilio, "failed", "30008", sid="SM" + "0" * 32))
    channel.outcomes = [Unanswered("timeout"), Receipt(SID)]
    channel.reports_from = 2
    await town.drain(town.lane(channel))
    await town.pass_time(_RETRY)
    await town.drain(town.lane(channel))
    row = await _delivery(town)
    assert (row.state, row.provider_id, len(channel.called)) == ("sent", SID, 2)


@pytest.mark.parametrize("delivery", [1, 2, "", "0", "-1", "x", "%D9%A3", "9" * 40])
async def test_a_report_on_an_unknown_message_is_accepted_and_changes_nothing(
    twilio: httpx2.AsyncClient, town: World, delivery: object
) -> None:
    await _sent(town)
    await _report(twilio, "failed", "21610", sid="SM" + "f" * 32, delivery=delivery)
    row = await _delivery(town)
    assert (row.state, row.provider_id) == ("sent", SID)
    assert await town.contact_state(row.contact_id) == ("active", 1)


@pytest.mark.parametrize("state", ["pending", "expired"])
async def test_no_report_moves_what_was_not_called(twilio: httpx2.AsyncClient, town: World, state: str) -> None:
    await town.subscribe()
    await town.publish(expires_in=_RETRY)
    if state == "expired":
        await town.pass_time(_RETRY)
        await town.drain(town.lane(ScriptedChannel()))
    await _report(twilio, "delivered")
    assert (await _delivery(town)).state == state


@pytest.mark.parametrize(
    ("fields", "signature"),
    [
        (_fields("delivered"), ""),
        (_fields("delivered"), "RSOYDt4T1cUTdK1PDd93/VVr8B8="),
        (_fields("delivered"), _signature(_fields("sent"), f"{PUBLIC_URL}{PATH}?delivery=1")),
        (_fields("delivered"), _signature(_fields("delivered"), f"{PUBLIC_URL}{PATH}?delivery=2")),
        (_fields("delivered"), _signature(_fields("delivered"), f"{PUBLIC_URL}{PATH}")),
        (_fields("delivered"), _signature(_fields("delivered"), f"{PUBLIC_URL}/webhooks/twilio/sms?delivery=1")),
        (_fields("delivered"), _signature(_fields("delivered"), f"http://127.0.0.1:8000{PATH}?delivery=1")),
        (_fields("delivered", AccountSid="AC9999"), None),
        ({}, None),
    ],
)
async def test_a_forged_report_is_refused_and_changes_nothing(
    twilio: httpx2.AsyncClient, town: World, fields: Fields, signature: str | None
) -> None:
    await _sent(town)
    assert await _post(twilio, fields, "?delivery=1", signature) == 403
    assert (await _delivery(town)).state == "sent"


async def test_the_refusal_is_a_problem_document(twilio: httpx2.AsyncClient) -> None:
    response = await twilio.post(PATH, content=b"\xff%ff=%00&&;")
    assert response.status_code == 403
    assert response.headers["content-type"] == "application/problem+json"
    assert "dostawca SMS" in response.json()["detail"]


async def test_a_report_without_a_message_is_refused(twilio: httpx2.AsyncClient) -> None:
    assert await _post(twilio, _fields("delivered", sid=""), "?delivery=1") == 400


@pytest.fixture
def product_log(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], str]]:
    """What the product writes to its log, at the most talkative level."""
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    # pytest closes what it captures into when the fixtures are ready.
    log = StringIO()
    with monkeypatch.context() as patched:
        patched.setattr("sys.stderr", log)
        configure_logging(json=True, level="DEBUG")
    yield log.getvalue
    root.handlers = handlers
    root.setLevel(level)


async def test_an_unknown_message_is_logged_without_the_number(
    twilio: httpx2.AsyncClient, product_log: Callable[[], str]
) -> None:
    await _report(twilio, "failed", "30003", delivery=77)
    logged = product_log()
    assert "a report on an unknown message" in logged
    assert NUMBER.removeprefix("+48") not in logged
