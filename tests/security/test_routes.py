"""Every route that may change something, asked by a stranger again and again; every route, for its headers."""

import re

import httpx2
import pytest
from structlog.testing import capture_logs

from api.problems import DETAILS
from core.staff.permissions import Role
from tests.security.routes import STREAMS, Route
from tests.security.whole import PASSWORD, STAFF, WIDGET_SITE, ServedWhole

_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_BODIES = {
    "/api/v1/chat": b'{"button": "help"}',
    "/api/v1/feedback": b'{"conversation": "x", "intent": "help", "helpful": true}',
}
_STOPPED = {401, 403, 429}
_OPEN_TO_ALL = re.compile(
    r"/api/v1/(air|chargers|subsidies|events|announcements|banner|widget)$|/feeds/|/widget(-map)?\.js$"
)
_INLINE_OF_CHARTS = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"


def _ours(site: ServedWhole) -> dict[str, str]:
    """Return what a browser says of a form of our own pages."""
    return {"Sec-Fetch-Site": "same-origin", "Origin": site.url}


def _is_stopped(answer: httpx2.Response) -> bool:
    leads_to_sign_in = answer.status_code == 303 and answer.headers["location"].startswith("/panel/logowanie")
    return answer.status_code in _STOPPED or leads_to_sign_in


def _sent_twice(client: httpx2.Client, route: Route, address: str) -> httpx2.Response:
    body = _BODIES.get(route.path, b"")
    headers = {**({"Content-Type": "application/json"} if body else _FORM), "X-Forwarded-For": address}
    client.request(route.method, route.address(), content=body, headers=headers)
    return client.request(route.method, route.address(), content=body, headers=headers)


def test_a_stranger_who_writes_again_and_again_is_stopped_everywhere(strict_site: ServedWhole) -> None:
    writing = [route for route in strict_site.routes if route.writes]
    assert len(writing) > 60
    with strict_site.visitor(**_ours(strict_site)) as client:
        answers = {
            route: _sent_twice(client, route, f"192.0.2.{number}") for number, route in enumerate(writing, start=1)
        }
    # The sign-in makes wait longer and longer instead: tests/core/staff/test_sign_in.py.
    let_through = {route.path for route, answer in answers.items() if not _is_stopped(answer)}
    assert let_through == {"/panel/logowanie"}


def test_one_conversation_has_one_limit_however_many_addresses_it_comes_from(strict_site: ServedWhole) -> None:
    turn, statuses = {"button": "help", "conversation": "the same"}, []
    for number in range(3):
        with strict_site.visitor(f"198.51.100.{number}") as client:
            statuses.append(client.post("/api/v1/chat", json=turn).status_code)
    assert statuses == [200, 429, 429]


def test_who_is_stopped_hears_for_how_long(strict_site: ServedWhole) -> None:
    with strict_site.visitor("203.0.113.1") as stranger:
        stranger.post("/api/v1/chat", json={"button": "help"})
        answer = stranger.post("/powiadomienia", headers={**_FORM, "Accept": "text/html"})
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 30
    assert "Proszę spróbować za" in answer.text


def test_no_route_takes_a_large_body(site: ServedWhole) -> None:
    with site.visitor(**_ours(site)) as client:
        for route in site.routes:
            if route.writes:
                answer = client.request(route.method, route.address(), content=b"x" * 70_000, headers=_FORM)
                assert (route.path, answer.status_code) == (route.path, 413)
                assert answer.json()["detail"] == DETAILS[413]


def test_every_answer_brings_the_rules_for_browsers(site: ServedWhole) -> None:
    paths = [route.address() for route in site.routes if route.path not in STREAMS and not route.writes]
    paths += ["/static/site.css", "/static/nie-ma", "/nie-ma", "/panel/nie-ma", "/%00", "/openapi.json"]
    with site.visitor() as client:
        for path in paths:
            for accept in ("text/html", "application/json"):
                assert _faults(client.get(path, headers={"Accept": accept}).headers) == [], path
        with client.stream("GET", "/api/v1/chat/events") as stream:
            assert _faults(stream.headers) == []


def test_a_failure_of_ours_brings_them_too(site: ServedWhole, monkeypatch: pytest.MonkeyPatch) -> None:
    async def explode(_text: str) -> None:
        raise RuntimeError

    monkeypatch.setattr(site.parser, "parse", explode)
    with site.visitor() as client, capture_logs():
        answer = client.post("/api/v1/chat", json={"text": "jakie jest powietrze"})
    assert answer.status_code == 500
    assert _faults(answer.headers) == []


def _faults(headers: httpx2.Headers) -> list[str]:
    policy = headers.get("Content-Security-Policy", "")
    wrong = {
        "no policy": not policy.startswith("default-src"),
        # A chart brings its style with it and may do nothing else.
        "inline": "unsafe" in policy and policy != _INLINE_OF_CHARTS,
        "foreign scripts": "script-src" in policy and "script-src 'self';" not in policy,
        "framed": "frame-ancestors" not in policy,
        "sniffed": headers.get("X-Content-Type-Options") != "nosniff",
        "referrer": "Referrer-Policy" not in headers,
        # Only the city's proxy knows whether all of its hosts have TLS.
        "hsts": "Strict-Transport-Security" in headers,
        "product": "X-Powered-By" in headers,
    }
    return [name for name, is_wrong in wrong.items() if is_wrong]


def test_addresses_that_only_one_resident_may_know_are_kept_by_nobody(site: ServedWhole) -> None:
    with site.visitor() as client:
        for path in ("/powiadomienia/tajny", "/powiadomienia/kod/tajny", "/api/v1/subscriptions/tajny"):
            headers = client.get(path).headers
            assert (headers["Cache-Control"], headers["Referrer-Policy"]) == ("no-store", "no-referrer")


def test_other_sites_read_only_what_is_open_to_everybody(site: ServedWhole) -> None:
    readable = set()
    with site.visitor(Origin="https://evil.example") as client:
        for route in site.routes:
            if route.path in STREAMS or route.is_of_panel:
                continue
            asked = {"Access-Control-Request-Method": route.method}
            answers = [
                client.request(route.method, route.address()),
                client.options(route.address(), headers=asked),
            ]
            readable |= {route.path for answer in answers if "Access-Control-Allow-Origin" in answer.headers}
            assert not any("Access-Control-Allow-Credentials" in answer.headers for answer in answers)
    assert [path for path in readable if not _OPEN_TO_ALL.match(path)] == []


@pytest.mark.parametrize("origin", ["null", f"{WIDGET_SITE}.evil.example", WIDGET_SITE.replace("https", "http")])
def test_what_only_resembles_the_site_of_the_widget_may_not_ask(site: ServedWhole, origin: str) -> None:
    with site.visitor(Origin=origin) as client:
        assert "Access-Control-Allow-Origin" not in client.post("/api/v1/chat", json={"button": "help"}).headers


def test_the_site_of_the_widget_may_ask_and_listen(site: ServedWhole) -> None:
    with site.visitor(Origin=WIDGET_SITE) as client:
        asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
        answers = [
            client.options("/api/v1/chat", headers=asked),
            client.post("/api/v1/chat", json={"button": "help"}),
        ]
    for answer in answers:
        assert answer.headers["Access-Control-Allow-Origin"] == WIDGET_SITE
        assert "Access-Control-Allow-Credentials" not in answer.headers


def test_nobody_but_staff_is_given_a_cookie(site: ServedWhole) -> None:
    with site.visitor(**_ours(site)) as client:
        for route in site.routes:
            if route.path not in STREAMS and route.path != "/panel/logowanie":
                client.request(route.method, route.address(), headers=_FORM)
        assert list(client.cookies.jar) == []


def test_the_cookie_of_staff_stays_with_its_host_and_no_script_sees_it(strict_site: ServedWhole) -> None:
    with strict_site.visitor(**_ours(strict_site)) as client:
        form = {"name": STAFF[Role.ADMINISTRATOR], "password": PASSWORD}
        given = client.post("/panel/logowanie", data=form).headers["Set-Cookie"]
    name, *flags = given.split("; ")
    assert name.startswith("__Host-")
    assert {flag.lower() for flag in flags} == {"secure", "httponly", "path=/", "samesite=lax"}
