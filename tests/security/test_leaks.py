"""Real processes of a production whose providers refuse everything: what they leave holds no secret, no resident."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import httpx2
import psycopg
import pytest
from redis import Redis
from twilio.request_validator import RequestValidator

from notifier.channels.twilio.signature import HEADER
from tests.bot.telegram.updates import said
from tests.fixtures.running import RunningHub, start_hub
from tests.fixtures.servers import fresh_database
from tests.standins.telegram import TelegramStandIn
from tests.standins.twilio import ACCOUNT

pytestmark = [pytest.mark.long, pytest.mark.servers]

_NOWHERE, _PUBLIC_URL, _SMS = "http://127.0.0.1:9", "https://asystent.example.pl", "/webhooks/twilio/sms"
_SECRETS = {
    "SECRET_KEY": "marker-secret-key-0123456789abcdefghij",
    "ENCRYPTION_KEYS": "marker-encryption-key-0123456789abcdef,marker-older-key-0123456789abcdefghijk",
    "NLU_TOKEN": "marker-nlu-token",
    "EIPA_TOKEN": "marker-eipa-token",
    "TELEGRAM_BOT_TOKEN": "123456:marker-telegram-token",
    "TELEGRAM_WEBHOOK_SECRET": "marker-webhook-secret",
    "TWILIO_AUTH_TOKEN": "marker-twilio-token",
    "SMTP_PASSWORD": "marker-smtp-password",
}
_SETTINGS = {
    "HUB_PROFILE": "production",
    "PUBLIC_URL": _PUBLIC_URL,
    "NLU_URL": _NOWHERE,
    "EIPA_EXPORT_BASE": _NOWHERE,
    "CITY_RSS_URL": f"{_NOWHERE}/rss.xml",
    "TELEGRAM_MODE": "webhook",
    "TWILIO_ACCOUNT_SID": ACCOUNT,
    "TWILIO_API_BASE": _NOWHERE,
    "TWILIO_FROM": "+48732000000",
    "SMTP_HOST": "127.0.0.1",
    "SMTP_PORT": "9",
    "SMTP_SECURITY": "none",
    "SMTP_USER": "hub",
    "SMTP_FROM": "hub@miasto.example",
    "STAFF_EMAILS": "dyzur@miasto.example",
    "LOG_LEVEL": "DEBUG",
}
_PHONE, _CHAT, _PESEL, _MAIL = "+48512345678", 7001002003, "44051401359", "jan.wyrwipioro@example.com"
_RESIDENT = (_PHONE[1:], _PHONE[3:], "512 345 678", str(_CHAT), _PESEL, _MAIL, "marker-own-page", "marker-password")
_ASKED = f"nazywam się Jan, PESEL {_PESEL}, tel 512 345 678, {_MAIL}, jakie jest powietrze"


@dataclass
class Production:
    """The processes, what they stand on, and every answer that they gave."""

    hubs: dict[str, RunningHub]
    database: str
    redis: str
    answers: list[str]

    @property
    def url(self) -> str:
        """Address of the API."""
        return self.hubs["api"].url

    def traces(self) -> dict[str, str]:
        """Return everything that is left, by where it is left."""
        left = {f"log of {role}": hub.log.read_text() for role, hub in self.hubs.items()}
        return left | self._tables() | {"redis": self._keys(), "answers": "\n".join(self.answers)}

    def _tables(self) -> dict[str, str]:
        with psycopg.connect(self.database) as connection:
            names = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
            return {name: str(connection.execute(f'TABLE "{name}"'.encode()).fetchall()) for (name,) in names}

    def _keys(self) -> str:
        with Redis.from_url(self.redis) as redis:
            return "\n".join(f"{key!r} {redis.dump(key)!r}" for key in redis.scan_iter())

    def send(self, method: str, path: str, **more: object) -> httpx2.Response:
        """Make a call and remember the answer, and the caller's address with it."""
        answer = httpx2.request(method, f"{self.url}{path}", timeout=30, **more)  # type: ignore[arg-type]
        self.answers.append(answer.text)
        return answer

    def sms(self, number: int, body: str, token: str = _SECRETS["TWILIO_AUTH_TOKEN"]) -> int:
        """Hand an SMS over as Twilio does; return the status."""
        form = {"MessageSid": f"SM{number}", "AccountSid": ACCOUNT, "From": _PHONE, "Body": body, "NumMedia": "0"}
        signature = RequestValidator(token).compute_signature(_PUBLIC_URL + _SMS, form)
        return self.send("POST", _SMS, data=form, headers={HEADER: signature}).status_code

    def telegram(self, text: str, secret: str = _SECRETS["TELEGRAM_WEBHOOK_SECRET"]) -> int:
        """Hand an update over as Telegram does; return the status."""
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret}
        return self.send("POST", "/webhooks/telegram", json=said(text, _CHAT), headers=headers).status_code


@pytest.fixture
def production(postgres_url: str, valkey_url: str, tmp_path: Path) -> Iterator[Production]:
    database = fresh_database(postgres_url)
    with ExitStack() as stack:
        telegram = stack.enter_context(TelegramStandIn())
        where = {"DATABASE_URL": database, "REDIS_URL": valkey_url, "TELEGRAM_API_BASE": telegram.url}
        hubs: dict[str, RunningHub] = {}
        for role in ("api", "worker", "scheduler"):
            hubs[role] = start_hub(tmp_path, role, **_SETTINGS, **_SECRETS, **where)
            stack.callback(hubs[role].process.wait, 30)
            stack.callback(hubs[role].process.kill)
            if role == "api":
                # Without the model buttons still answer.
                hubs[role].wait_until(lambda: hubs["api"].status() in {"ok", "degraded"}, within=120)
        yield Production(hubs, database, valkey_url, [])


def _everything_goes_wrong(production: Production) -> None:
    assert production.telegram(_ASKED, "wrong") == 401
    assert production.sms(1, "smog", token="wrong") == 403
    assert production.send("GET", "/powiadomienia/marker-own-page").status_code == 404
    wrong = {"name": "Jan", "password": "marker-password"}
    ours = {"Sec-Fetch-Site": "same-origin", "Origin": production.url}
    assert production.send("POST", "/panel/logowanie", data=wrong, headers=ours).status_code == 422
    keyed = {"Authorization": "Bearer marker-own-page"}
    assert production.send("POST", "/api/v1/announcements", json={}, headers=keyed).status_code == 401
    assert production.send("POST", "/api/v1/chat", json={"text": _ASKED, "phone": _PHONE}).status_code == 422
    with psycopg.connect(production.database, autocommit=True) as connection:
        connection.execute("ALTER TABLE turns RENAME TO turns_away")
        assert production.send("POST", "/api/v1/chat", json={"text": _ASKED}).status_code == 500
        connection.execute("ALTER TABLE sms_replies RENAME TO sms_replies_away")
        # Whoever texts is told so; Telegram, told nothing but the failure, repeats.
        assert production.sms(9, _ASKED) == 200
        connection.execute("ALTER TABLE telegram_updates RENAME TO telegram_updates_away")
        assert production.telegram(_ASKED) == 500
        for table in ("turns", "sms_replies", "telegram_updates"):
            connection.execute(f"ALTER TABLE {table}_away RENAME TO {table}".encode())


def _everything_is_used(production: Production) -> None:
    assert [production.sms(number, body) for number, body in enumerate(("START", "TAK", _ASKED), start=2)] == [200] * 3
    assert production.telegram(_ASKED) == 200
    assert production.send("POST", "/api/v1/chat", json={"text": _ASKED}).status_code == 200
    offer = production.send("GET", "/api/v1/subscriptions").json()
    wish = {"phone": _PHONE, "topics": ["smog"], "consent": True, "text_version": offer["text_version"]}
    production.send("POST", "/api/v1/subscriptions", json=wish)
    for path in ("/metrics", "/health/ready", "/prywatnosc"):
        production.send("GET", path)


async def test_secrets_and_residents_leave_no_trace(production: Production) -> None:
    await asyncio.to_thread(_everything_is_used, production)
    await asyncio.to_thread(_everything_goes_wrong, production)
    traces = await asyncio.to_thread(production.traces)
    secrets = [each for value in _SECRETS.values() for each in value.split(",")]
    secrets.append(_SECRETS["TELEGRAM_BOT_TOKEN"].partition(":")[2])
    assert _found(traces, secrets) == []
    # An update is whole until it is answered, and nothing is answered while Telegram refuses the bot.
    assert str(_CHAT) in traces.pop("telegram_updates")
    assert _found(traces, _RESIDENT) == []
    assert "request failed" in traces["log of api"]
    assert "[telefon]" in traces["turns"]


def _found(traces: Mapping[str, str], marks: Sequence[str]) -> list[tuple[str, str]]:
    return [(where, mark) for where, text in traces.items() for mark in marks if mark in text]
