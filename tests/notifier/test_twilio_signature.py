"""Twilio's signatures against its own published examples, and against tricks."""

import base64
import hashlib
import hmac
import json
from pathlib import Path
from typing import Any

import pytest

from notifier.channels.twilio.signature import SignatureCheck

VECTORS = Path(__file__).resolve().parents[3] / "shared" / "specs" / "twilio_signature_vectors.json"
PUBLISHED: dict[str, Any] = json.loads(VECTORS.read_text(encoding="utf-8")) if VECTORS.exists() else {"cases": []}

TOKEN = "the-auth-token"
URL = "https://hub.test/webhooks/twilio/sms?a=1"
FORM = [("Body", "jakie powietrze"), ("From", "+48500100200")]


def sign(url: str, fields: list[tuple[str, str]], token: str = TOKEN) -> str:
    """Sign as Twilio describes it: the address, then every name and value in order."""
    signed = url + "".join(name + value for name, value in sorted(set(fields)))
    return base64.b64encode(hmac.new(token.encode(), signed.encode(), hashlib.sha1).digest()).decode()


@pytest.mark.skipif(not PUBLISHED["cases"], reason="Twilio's published examples are not beside this repository")
@pytest.mark.parametrize("case", PUBLISHED["cases"], ids=lambda case: case["name"])
def test_every_published_example(case: dict[str, Any]) -> None:
    check = SignatureCheck(PUBLISHED["token"])
    if "body" in case:
        assert check.json(case["url"], case["body"], case["signature"]) is case["valid"]
        return
    fields = [(name, value) for name, value in case.get("pairs", PUBLISHED["params"].items())]
    assert check.form(case["url"], fields, case["signature"]) is case["valid"]


def test_a_genuine_call_passes() -> None:
    assert SignatureCheck(TOKEN).form(URL, FORM, sign(URL, FORM))


def test_polish_letters_and_empty_values_are_signed_too() -> None:
    fields = [("Body", "źdźbło 😀"), ("MediaUrl", ""), ("From", "+48500100200")]
    assert SignatureCheck(TOKEN).form(URL, fields, sign(URL, fields))
    assert not SignatureCheck(TOKEN).form(URL, [("Body", "źdźbło 😀"), ("From", "+48600")], sign(URL, fields))


@pytest.mark.parametrize(
    ("url", "fields"),
    [
        ("https://elsewhere.test/webhooks/twilio/sms?a=1", FORM),
        ("https://hub.test/webhooks/twilio/status?a=1", FORM),
        ("https://hub.test/webhooks/twilio/sms?a=2", FORM),
        ("https://hub.test/webhooks/twilio/sms", FORM),
        (URL, [("Body", "co innego"), ("From", "+48500100200")]),
        (URL, [*FORM, ("Body", "co innego")]),
        (URL, FORM[:1]),
        (URL, []),
    ],
)
def test_a_signature_of_another_call_is_refused(url: str, fields: list[tuple[str, str]]) -> None:
    assert not SignatureCheck(TOKEN).form(url, fields, sign(URL, FORM))


@pytest.mark.parametrize("signature", ["", "x", "ą" * 28, sign(URL, FORM)[:-1], sign(URL, FORM, "another-token")])
def test_what_is_no_signature_is_refused(signature: str) -> None:
    assert not SignatureCheck(TOKEN).form(URL, FORM, signature)


def test_a_json_body_without_its_hash_in_the_address_is_refused() -> None:
    assert not SignatureCheck(TOKEN).json(URL, "{}", sign(URL, []))
