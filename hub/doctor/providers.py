"""Checks of Telegram, Twilio, the mail server and our own public address; nothing is sent."""

import asyncio
import ssl
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import httpx2

from core.settings import Settings
from hub.doctor.finding import Finding, doubtful, right, wrong

_TELEGRAM, _TWILIO, _MAIL, _PUBLIC = "Telegram", "Twilio", "mail server", "public address"
_MANY_UPDATES = 100
_MESSAGING = {"https://api.twilio.com": "https://messaging.twilio.com"}
_REFUSED = frozenset({401, 403, 404})


async def of_telegram(http: httpx2.AsyncClient, settings: Settings) -> Sequence[Finding]:
    """Ask for the bot, and where Telegram sends what residents write."""
    me = await _telegram(http, settings, "getMe")
    if me is None:
        return [wrong(_TELEGRAM, "the token is refused: set TELEGRAM_BOT_TOKEN to the one that BotFather gave")]
    hook = await _telegram(http, settings, "getWebhookInfo") or {}
    return [right(_TELEGRAM, f"the bot @{me.get('username', '?')} answers"), *_webhook(settings, hook)]


async def _telegram(http: httpx2.AsyncClient, settings: Settings, method: str) -> Mapping[str, Any] | None:
    token = settings.telegram_bot_token.get_secret_value()
    response = await http.post(f"{settings.telegram_api_base}/bot{token}/{method}")
    if response.status_code in _REFUSED:
        return None
    body: Mapping[str, Any] = response.raise_for_status().json()["result"]
    return body


def _webhook(settings: Settings, hook: Mapping[str, Any]) -> Iterator[Finding]:
    subject, is_set = f"{_TELEGRAM} webhook", str(hook.get("url", ""))
    waiting = int(hook.get("pending_update_count", 0))
    wanted = f"{settings.public_url}/webhooks/telegram" if settings.telegram_mode == "webhook" else ""
    if is_set == wanted:
        yield right(subject, f"set to {wanted}" if wanted else "none, as polling needs it")
    elif wanted:
        yield wrong(subject, f"Telegram calls another address than {wanted}: `hub api` sets it at its start")
    else:
        yield wrong(subject, "Telegram calls an address, but TELEGRAM_MODE is polling: `hub telegram` removes it")
    if waiting > _MANY_UPDATES:
        yield doubtful(subject, f"{waiting} messages wait to be fetched: is the process that answers them running?")
    if hook.get("last_error_date") and wanted:
        yield doubtful(
            subject, "Telegram reports that a call failed: is PUBLIC_URL open to it, with a valid certificate?"
        )


async def of_twilio(http: httpx2.AsyncClient, settings: Settings) -> Sequence[Finding]:
    """Ask for the account, and for the number or the service that SMS come from."""
    base = f"{settings.twilio_api_base}/2010-04-01/Accounts/{settings.twilio_account_sid}"
    account = await _twilio(http, settings, f"{base}.json")
    if account is None:
        return [wrong(_TWILIO, "the account is refused: correct TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN")]
    state = str(account.get("status"))
    found = [
        right(_TWILIO, "the account is active") if state == "active" else wrong(_TWILIO, f"the account is {state}")
    ]
    if settings.twilio_messaging_service_sid:
        found += await _service(http, settings)
    elif settings.twilio_from.startswith("+"):
        query = {"PhoneNumber": settings.twilio_from}
        listed = await _twilio(http, settings, f"{base}/IncomingPhoneNumbers.json", query) or {}
        found += _number(settings, listed.get("incoming_phone_numbers", []))
    else:
        found.append(doubtful("sender of SMS", "a name can send but hears no STOP: tell residents another way out"))
    return found


async def _service(http: httpx2.AsyncClient, settings: Settings) -> list[Finding]:
    base = settings.twilio_api_base
    url = f"{_MESSAGING.get(base, base)}/v1/Services/{settings.twilio_messaging_service_sid}"
    service = await _twilio(http, settings, url)
    if service is None:
        return [wrong("sender of SMS", "there is no such messaging service: correct TWILIO_MESSAGING_SERVICE_SID")]
    if service.get("use_inbound_webhook_on_number"):
        return [
            doubtful("sender of SMS", f"the service leaves the webhook to its numbers: set each to {_hook(settings)}")
        ]
    return list(_hooked(settings, str(service.get("inbound_request_url") or "")))


def _number(settings: Settings, numbers: Sequence[Mapping[str, Any]]) -> Iterator[Finding]:
    if not numbers:
        yield wrong("sender of SMS", "the account has no such number: correct TWILIO_FROM")
        return
    yield from _hooked(settings, str(numbers[0].get("sms_url") or ""))


def _hooked(settings: Settings, url: str) -> Iterator[Finding]:
    if url.partition("#")[0] == _hook(settings):
        yield right("sender of SMS", f"Twilio hands SMS to {_hook(settings)}")
    else:
        yield wrong(
            "sender of SMS", f"Twilio does not hand SMS to us: set the webhook to {_hook(settings)}#rc=2&rp=all"
        )


def _hook(settings: Settings) -> str:
    return f"{settings.public_url}/webhooks/twilio/sms"


async def _twilio(
    http: httpx2.AsyncClient, settings: Settings, url: str, query: Mapping[str, str] | None = None
) -> Mapping[str, Any] | None:
    credentials = settings.twilio_account_sid, settings.twilio_auth_token.get_secret_value()
    response = await http.get(url, params=query, auth=credentials)
    if response.status_code in _REFUSED:
        return None
    body: Mapping[str, Any] = response.raise_for_status().json()
    return body


async def of_mail(settings: Settings) -> Sequence[Finding]:
    """Connect to the mail server and hear its greeting."""
    context = ssl.create_default_context() if settings.smtp_security == "tls" else None
    reader, writer = await asyncio.open_connection(settings.smtp_host, settings.smtp_port, ssl=context)
    try:
        greeting = await reader.readline()
        writer.write(b"QUIT\r\n")
        await writer.drain()
    finally:
        writer.close()
    if greeting.startswith(b"220"):
        return [
            right(
                _MAIL, f"{settings.smtp_host}:{settings.smtp_port} answers; the log-in is tried with the first notice"
            )
        ]
    return [wrong(_MAIL, f"{settings.smtp_host}:{settings.smtp_port} is no mail server: correct SMTP_HOST, SMTP_PORT")]


async def of_public_address(http: httpx2.AsyncClient, settings: Settings) -> Sequence[Finding]:
    """Ask the product under the address by which residents reach it."""
    response = await http.get(f"{settings.public_url}/health/ready")
    try:
        status = str(response.json()["status"])
    except (ValueError, KeyError, TypeError):
        return [wrong(_PUBLIC, "something else answers there: let the proxy lead PUBLIC_URL to `hub api`")]
    if status == "ok":
        return [right(_PUBLIC, "the product answers there and understands questions")]
    return [
        doubtful(_PUBLIC, f"the product answers there, but says {status}: see /health/ready for the part that is down")
    ]
