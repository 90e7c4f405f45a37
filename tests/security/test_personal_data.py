"""One resident on each channel, through the whole product: nothing of theirs in clear, and nothing left once erased."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import MetaData, select
from structlog.testing import capture_logs

from bot.handoffs.service import Handoffs
from bot.handoffs.states import HandoffState
from core.database import Database
from hub.bootstrap import address_vault
from notifier.broadcasts.service import Broadcast, BroadcastKind, publish
from tests.security.residents import CHAT, PHONE, ByText, OnTelegram, OnThePage, Resident, visitor
from tests.security.whole import Whole, open_whole, whole_settings
from tests.standins.telegram import TelegramStandIn
from tests.standins.twilio import TwilioStandIn

NAME, MATTER = "Wyrwipióro", "Zepsuta lampa przy przystanku"
_MESSAGE = f"{MATTER}. Nazywam się Jan {NAME}, tel 512 345 678"
_OFFICE = ("chcę człowieka", "dotacje", _MESSAGE)
STORIES = {
    "sms": ("START", "TAK", *_OFFICE, "tutaj", "TAK"),
    "telegram": (
        *("zapisz mnie na powiadomienia", "alerts_subscribe?confirm=yes"),
        *(*_OFFICE, "human_handoff?reply=here", "tak", "połącz konto", "alerts_manage?link=ask"),
    ),
    "web": (*_OFFICE, "tel. 512345678", "tak"),
}
ERASE = {
    "sms": ("moje dane", "usuń", "usuń"),
    "telegram": ("moje dane", "privacy_data?do=erase", "privacy_data?confirm=yes"),
    "web": ("moje dane", "privacy_data?do=erase", "privacy_data?confirm=yes"),
}
MARKS = (PHONE, PHONE[3:], "512 345 678", str(CHAT), NAME, MATTER)
STAYS = {
    "contacts": "the digest of the address alone: what the proof of consent is about",
    "suppressions": "the digest of the address, so that no old list starts the sending again; it goes with the proof",
    "consents": "the proof of consent and of its withdrawal, by the law",
    "subscriptions": "which consents they were, ended",
    "subscription_districts": "which consents they were, ended",
    "deliveries": "that it was written to, with the proof",
    "conversations": "the answer that says that all is erased",
    "turns": "the answer that says that all is erased",
    "telegram_updates": "numbers, so that nothing is answered twice",
    "telegram_payloads": "what buttons mean, whoever sees them",
    "sms_replies": "the answer that says so, for a day, under a digest",
    "broadcasts": "what the city wrote to everybody",
    "audit_log": "what staff did",
    "staff_notices": "what staff were told: a number of a case",
    "spending": "how much was paid on a day",
}


@asynccontextmanager
async def _resident(channel: str, whole: Whole, standin: TelegramStandIn) -> AsyncIterator[Resident]:
    for sentence, intent in (
        ("zapisz mnie na powiadomienia", "alerts_subscribe"),
        ("moje dane", "privacy_data"),
        ("chcę człowieka", "human_handoff"),
        ("polacz konto", "alerts_manage"),
    ):
        whole.parser.learn(sentence, (intent, 0.9))
    stop = asyncio.Event()
    async with visitor(whole) as web:
        running = asyncio.create_task(whole.telegram.run(stop))
        ways: dict[str, Resident] = {
            "sms": ByText(web),
            "telegram": OnTelegram(web, whole, standin),
            "web": OnThePage(web),
        }
        yield ways[channel]
        stop.set()
        await running


async def _rows(database: Database) -> dict[str, set[str]]:
    """Return every row of every table that is really in the database."""
    metadata = MetaData()
    async with database.engine.connect() as connection:
        await connection.run_sync(metadata.reflect)
        return {
            table.name: {str(tuple(row)) for row in await connection.execute(select(table))}
            for table in metadata.sorted_tables
        }


def _found(rows: dict[str, set[str]]) -> list[tuple[str, str]]:
    return [(name, mark) for name, kept in rows.items() for mark in MARKS if any(mark in row for row in kept)]


async def _city_writes(whole: Whole) -> None:
    """Let the city write to all subscribers, and the office answer what was left for it."""
    base = whole.base
    handoffs = Handoffs(address_vault(base.settings), base.clock, base.city.reference_prefix)
    async with base.database.write() as session:
        now = base.clock.now()
        await publish(session, Broadcast("a:1", BroadcastKind.ALERT, "smog", "Smog", "Zła jakość powietrza.", now))
        for letter in await handoffs.listed(session, HandoffState.OPEN):
            await handoffs.assign(session, letter.reference, "Anna Nowak", "Anna Nowak")
            await handoffs.reply(session, letter.reference, "Naprawimy.", "Anna Nowak")


@pytest.mark.parametrize("channel", ["sms", pytest.param("telegram", marks=pytest.mark.long), "web"])
async def test_whatever_a_resident_did_nothing_is_kept_in_clear_and_erased_is_erased(
    channel: str, tmp_path: Path, migrated_file: Path
) -> None:
    with TelegramStandIn() as telegram, capture_logs() as logs:
        async with TwilioStandIn() as twilio:
            settings = whole_settings(
                tmp_path, migrated_file, telegram_api_base=telegram.url, twilio_api_base=twilio.url
            )
            async with open_whole(settings) as whole, _resident(channel, whole, telegram) as resident:
                before = await _rows(whole.base.database)
                for line in STORIES[channel]:
                    await resident.say(line)
                await _city_writes(whole)
                kept = await _rows(whole.base.database)
                assert kept["handoffs"] - before["handoffs"]
                assert _found(kept) == []
                for line in ERASE[channel]:
                    told = await resident.say(line)
                assert "usunięte" in told or "usuniete" in told
                after = await _rows(whole.base.database)
                remaining = {name for name, rows in after.items() if rows - before[name]}
    assert _found(after) == []
    assert remaining - STAYS.keys() == set()
    assert [mark for mark in MARKS if mark in str(logs)] == []
