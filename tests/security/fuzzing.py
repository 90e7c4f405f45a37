"""Questions that nobody would ask: what the description of the API allows and forbids, and what it cannot express."""

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random
from typing import Any, cast
from urllib.parse import parse_qsl, quote, urlencode

import httpx2
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi import checks
from twilio.request_validator import RequestValidator

from api.panel.csrf import csrf_token
from notifier.channels.twilio.signature import HEADER as TWILIO_HEADER
from tests.security.fairness import unfairness
from tests.security.routes import STREAMS, Route
from tests.security.whole import PUBLIC_URL, WEBHOOK_SECRET, ServedWhole
from tests.standins.twilio import ACCOUNT, TOKEN

_Operation = APIOperation[Any, Any, Any, Any]
_Case = schemathesis.Case[Any]
_CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.response_headers_conformance,
    checks.negative_data_rejection,
    checks.unsupported_method,
]
# What ends the fuzzer's own session.
_FAREWELLS = (
    *("/panel/wyloguj", "/panel/haslo", "/panel/drugi-skladnik", "/panel/konto", "/panel/potwierdzenie"),
    *("/panel/logowanie", "/panel/kod", "/panel/sesja", "/panel/pracownicy"),
)
_NASTY = (
    *("", "0", "-1", "1", "2", "999999999999999999", "9" * 30, "1e9", "NaN", "null", "true", "ą", "😀", "a" * 300),
    *("\x00", "%00", "..", "../../etc/passwd", "' OR 1=1 --", "<script>alert(1)</script>", "{{7*7}}", "${7*7}"),
    *("2026-13-45", "2026-11-23", "25:61", "12:00", "\u202e", "\ufeff", "\r\nX-Injected: 1", "+48512345678"),
    *("2026-11-23T12:00:00+01:00", "9999-12-31", "0001-01-01", "sms", "editor", "smog", "legnica", "K" * 5000),
)
_HEADERS = {
    "Accept": ("text/html", "application/json", "*/*", "x"),
    "Content-Type": (
        *("application/json", "application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x", ""),
    ),
    "X-Conversation": ("x", "ą", "x" * 300),
    "Last-Event-ID": ("1", "-1", "9" * 30, "²"),
    "Idempotency-Key": ("0123456789abcdef", "ą" * 20, "x"),
    "If-None-Match": ('W/"x"', "*", '"'),
    "X-Forwarded-For": ("192.0.2.9", "ą", "1.2.3.4, 5.6.7.8", ""),
    "Accept-Encoding": ("gzip", "br;q=x", "*"),
    "HX-Request": ("true",),
}
_IDS = ("1", "2", "3", "greet", "help", "text") * 15
_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "PROPFIND")
_JSON_FIELDS = (
    *("conversation", "text", "button", "location", "lat", "lon", "intent", "helpful", "reason", "comment", "phone"),
    *("topics", "districts", "consent", "text_version", "code", "level", "quiet_hours", "from", "until", "title"),
    *("body", "sms", "channels", "event", "starts_at", "place", "expires_at", "corrects", "at", "update_id", "message"),
)
_FORM = "application/x-www-form-urlencoded"
_CSRF = b"TOKEN-OF-THE-SESSION"
TELEGRAM_HEADER = "X-Telegram-Bot-Api-Secret-Token"
_PATIENCE_SECONDS = 10
_MOST_LEARNT = 300
_FIELD = re.compile(r'<(?:input|select|textarea|button)[^>]*? name="([\w-]{1,40})"')
_VALUE = re.compile(r' value="([^"]{1,80})"')
_TOKEN = re.compile(r"[\w-]{20,80}", re.ASCII)


def described_operations(site: ServedWhole) -> Iterator[_Operation]:
    """Yield what the description of the API offers, streams left out: they have no end."""
    schema = schemathesis.openapi.from_url(f"{site.url}/openapi.json")
    for found in schema.get_all_operations():
        operation = cast("Ok[_Operation]", found).ok()
        if operation.path not in STREAMS:
            yield operation


def fuzz_operation(site: ServedWhole, operation: _Operation, examples: int, start: int) -> None:
    """Ask one operation for what it describes and for what it does not; fail when an answer breaks the description."""
    kinds = [operation.as_strategy(generation_mode=mode) for mode in GenerationMode]
    headers = {"Authorization": f"Bearer {site.key}"}

    @seed(start)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    @given(case=st.one_of(kinds), is_known=st.booleans())
    def ask(case: _Case, is_known: bool) -> None:
        if is_known and "announcement_id" in case.path_parameters:
            case.path_parameters["announcement_id"] = "1"
        answer = case.call(session=session, headers=headers, timeout=_PATIENCE_SECONDS)
        case.validate_response(answer, checks=_CHECKS)

    with requests.Session() as session:
        ask()


def walkable(site: ServedWhole) -> list[Route]:
    """Return the routes that end by themselves and leave the fuzzer signed in."""
    return [route for route in site.routes if route.path not in STREAMS and not route.path.startswith(_FAREWELLS)]


@dataclass
class Wanderer:
    """Walks over all routes with nasty values, and with what earlier answers gave it: names of fields, ids, tokens."""

    site: ServedWhole
    client: httpx2.Client
    random: Random
    values: list[str] = field(default_factory=lambda: list(_NASTY))
    fields: list[str] = field(default_factory=lambda: ["text", "name"])

    def look_around(self, routes: Sequence[Route]) -> None:
        """Open every page once, to learn what can be sent where."""
        for route in routes:
            for session in self.site.sessions if not route.writes else ():
                headers = {"Accept": "text/html", "Cookie": f"hub-staff-demo={session}"}
                self._ask(route.method, route.address(), headers, b"")

    def wander(self, routes: Sequence[Route], steps: int) -> None:
        """Ask so many times; fail when an answer is not fair."""
        for _ in range(steps):
            route = self.random.choice(routes)
            method = self.random.choice((route.method,) * 60 + _METHODS)
            session, body, headers = self.random.choice(self.site.sessions), self._body(route), self._headers()
            body = body.replace(_CSRF, csrf_token(session).encode())
            headers |= {"Cookie": f"hub-staff-demo={session}"} | _signed(route, body)
            self._ask(method, self._address(route), headers, body)

    def _ask(self, method: str, address: str, headers: dict[str, str], body: bytes) -> None:
        encoded = [(name.encode(), value.encode()) for name, value in headers.items()]
        # The client itself refuses what is no HTTP; test_raw_requests.py sends that.
        with suppress(httpx2.InvalidURL, httpx2.LocalProtocolError):
            answer = self.client.request(method, address, headers=encoded, content=body)
            assert unfairness(answer) == [], (method, address, headers, body[:500], answer.text[:500])
            self._learn(answer)

    def _address(self, route: Route) -> str:
        given = {name: quote(self.random.choice((*self.values, *_IDS)), safe="") or "1" for name in route.parameters}
        query = urlencode(self._pairs()) if self.random.random() < 0.5 else ""
        return f"{route.path.format_map(given)}?{query}"

    def _headers(self) -> dict[str, str]:
        chosen = self.random.sample(sorted(_HEADERS), self.random.randrange(4))
        ours = {"Sec-Fetch-Site": "same-origin", "Origin": self.site.url, "Content-Type": _FORM}
        return ours | {name: self.random.choice(_HEADERS[name]) for name in chosen}

    def _body(self, route: Route) -> bytes:
        kinds = (
            lambda: b"",
            lambda: urlencode(self._pairs()).encode(),
            lambda: b"csrf=" + _CSRF + b"&" + urlencode(self._pairs()).encode(),
            lambda: json.dumps(self._json(3)).encode(),
            lambda: json.dumps(self._update()).encode(),
            lambda: urlencode([("AccountSid", ACCOUNT), ("MessageSid", "SM1"), *self._sms()]).encode(),
            lambda: b'{"text":' + b"[" * 20_000,
            lambda: b'{"text":"a","text":"b","button":"help","button":null}',
            lambda: self.random.randbytes(200),
            lambda: b'{"conversation": null, "text": "\xc5',
        )
        # What a route expects goes furthest into it.
        weights = (1, 1, 20, 1, 0, 0, 1, 1, 1, 1) if route.is_of_panel else (1, 3, 0, 6, 4, 4, 1, 1, 1, 1)
        return self.random.choices(kinds, weights)[0]()

    def _pairs(self) -> list[tuple[str, str]]:
        count = self.random.randrange(8)
        return [(self.random.choice(self.fields), self.random.choice(self.values)) for _ in range(count)]

    def _json(self, depth: int) -> Any:  # noqa: ANN401 - whatever JSON holds
        leaf = self.random.choice((None, True, -1, 1.5, float("nan"), 10**30, self.random.choice(self.values)))
        if depth == 0:
            return leaf
        return self.random.choice((leaf, [self._json(depth - 1)], self._object(depth), self._object(depth)))

    def _update(self) -> dict[str, Any]:
        chat = {"id": self._json(0), "type": "private"}
        return {"update_id": self._json(0), "message": {"chat": chat, "text": self._json(1)}}

    def _sms(self) -> list[tuple[str, str]]:
        names = ("From", "Body", "NumMedia", "MessageStatus", "ErrorCode")
        return [(name, self.random.choice((*self.values, "+48512345678", "failed"))) for name in names]

    def _object(self, depth: int) -> dict[str, Any]:
        names = self.random.sample(_JSON_FIELDS, self.random.randrange(6))
        return {name: self._json(depth - 1) for name in names}

    def _learn(self, answer: httpx2.Response) -> None:
        found = _VALUE.findall(answer.text) + _TOKEN.findall(answer.headers.get("location", ""))
        if "json" in answer.headers.get("content-type", "") and answer.is_success:
            found += _TOKEN.findall(answer.text)
        _add(self.values, found)
        _add(self.fields, _FIELD.findall(answer.text))


def _signed(route: Route, body: bytes) -> dict[str, str]:
    """Return what makes a call of a webhook genuine, so that also providers may send odd things."""
    if "twilio" not in route.path:
        return {TELEGRAM_HEADER: WEBHOOK_SECRET}
    fields = dict(parse_qsl(body.decode("ascii", "replace"), keep_blank_values=True))
    return {TWILIO_HEADER: RequestValidator(TOKEN).compute_signature(f"{PUBLIC_URL}{route.path}", fields)}


def _add(known: list[str], found: list[str]) -> None:
    news = [one for one in dict.fromkeys(found) if one not in known]
    known += news[: _MOST_LEARNT - len(known)]
