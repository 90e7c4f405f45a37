"""Linking a phone and a Telegram account as a resident does it: /polacz there, the code by SMS here."""

import asyncio
import re
from datetime import timedelta

import pytest

from bot.personal_data.person import Person
from bot.sms.keywords import keyword
from bot.sms.renderer import render
from content.pack import load_city
from content.places import load_places
from core.sms_text import segments
from tests.bot.flows.desk import ACCOUNT, PHONE, Desk
from tests.bot.talking import titles
from tests.fakes import FrozenClock

ASK = "alerts_manage?link=ask"
YES = "alerts_subscribe?confirm=yes"
PLACES = load_places(load_city("legnica").folder)


async def _code(desk: Desk) -> str:
    shown = await desk.told(ASK, sender=ACCOUNT)
    found = re.search(r"POLACZ (\d{6})", shown)
    assert found
    assert "+48732000000" in shown
    return found[1]


async def _text(desk: Desk, words: str) -> str:
    payload = keyword(words, PLACES)
    assert payload
    return await desk.told(payload, sender=PHONE)


async def test_a_code_from_telegram_links_the_phone_that_texts_it(desk: Desk) -> None:
    await desk.told(YES, sender=PHONE)
    said = await _text(desk, f"Połącz {await _code(desk)}")
    assert "połączone" in said
    assert "TELEGRAM, SMS albo OBA" in said
    address, note = await asyncio.wait_for(desk.chats.notes.get(), 60)
    assert f"telegram:{address}" == ACCOUNT
    assert note.startswith("Z tym kontem połączono telefon.")
    assert "w Telegramie" in await desk.told("alerts_manage?by=telegram", sender=PHONE)
    assert "smog" in (await desk.say(press="alerts_manage", sender=ACCOUNT)).answers[0].text
    assert (await desk.say(press="alerts_manage", sender=PHONE)).answers[0].text.startswith("Nie ma tu")


@pytest.mark.parametrize("late", [timedelta(0), timedelta(minutes=10)])
async def test_a_wrong_code_and_an_old_one_are_told_the_same(desk: Desk, clock: FrozenClock, late: timedelta) -> None:
    code = await _code(desk)
    clock.advance(late)
    said = await _text(desk, f"POLACZ {code}" if late else f"POLACZ {(int(code) + 1) % 10**6:06}")
    assert said.startswith("Ten kod nie działa.")
    assert desk.chats.notes.empty()
    assert "5123456789" not in said


async def test_after_five_tries_even_the_right_code_is_not_looked_at(desk: Desk) -> None:
    code = await _code(desk)
    for number in range(5):
        await _text(desk, f"POLACZ {(int(code) + 1 + number) % 10**6:06}")
    assert (await _text(desk, f"POLACZ {code}")).startswith("Za dużo prób")


async def test_both_are_shown_and_erased_together(desk: Desk) -> None:
    await desk.told(YES, sender=PHONE)
    await _text(desk, f"POLACZ {await _code(desk)}")
    shown = await desk.told("privacy_data?do=show", sender=ACCOUNT)
    assert "Połączenie z telefonem" in shown
    here, there = shown.split("Pod połączonym numerem lub kontem:")
    assert "smog" not in here
    assert "• Powiadomienia: smog w Legnicy" in there
    assert "512345678" not in shown
    asked = await desk.told("privacy_data?do=erase", sender=ACCOUNT)
    assert asked.startswith("Usunięte zostanie też wszystko spod połączonego numeru")
    await desk.told("tak", sender=ACCOUNT)
    assert "link_sms" not in {part.name for part in await desk.data.export(Person("x", ACCOUNT))}
    assert (await desk.say(press="alerts_manage", sender=PHONE)).answers[0].text.startswith("Nie ma tu")


async def test_parting_makes_two_again_and_touches_no_notification(desk: Desk) -> None:
    await desk.told(YES, sender=PHONE)
    await _text(desk, f"POLACZ {await _code(desk)}")
    assert (await _text(desk, "rozłącz")).startswith("Rozłączono.")
    assert "smog" in (await desk.say(press="alerts_manage", sender=PHONE)).answers[0].text
    assert "Pod połączonym" not in await desk.told("privacy_data?do=show", sender=ACCOUNT)
    assert (await _text(desk, "ROZLACZ")) == "Ten numer lub konto nie jest z niczym połączone."


async def test_the_settings_offer_what_is_possible(desk: Desk) -> None:
    assert "Połącz telefon" in titles(await desk.say(press="alerts_manage", sender=ACCOUNT))
    assert "Połącz telefon" not in titles(await desk.say(press="alerts_manage", sender=PHONE))
    await _text(desk, f"POLACZ {await _code(desk)}")
    for sender in (ACCOUNT, PHONE):
        offered = titles(await desk.say(press="alerts_manage", sender=sender))
        assert {"Którędy wysyłać", "Rozłącz"} <= set(offered)
        assert "Połącz telefon" not in offered
    assert (await desk.told(ASK, sender=ACCOUNT)) == "To konto jest połączone z telefonem."


async def test_a_code_is_no_secret_of_a_group_and_of_no_page(desk: Desk) -> None:
    assert "POLACZ" not in await desk.told(ASK, sender="telegram:-100500")
    assert "POLACZ" not in await desk.told(ASK)
    code = await _code(desk)
    assert "połączone" not in await desk.told(f"alerts_manage?code={code}", sender="telegram:77")


async def test_every_answer_by_sms_fits_two_parts(desk: Desk) -> None:
    await desk.told(YES, sender=PHONE)
    code = await _code(desk)
    for payload in (ASK, "alerts_manage?code=1", f"alerts_manage?code={code}", "alerts_manage?by=ask"):
        sms = render((await desk.say(press=payload, sender=PHONE)).answers[0])
        assert segments(sms.text) <= 2, sms.text
        assert "..." not in sms.text
    assert set(sms.choices) == {"TELEGRAM", "SMS", "OBA"}
    for payload in ("alerts_manage?by=both", "alerts_manage?by=telegram", "alerts_manage?by=sms"):
        assert segments(render((await desk.say(press=payload, sender=PHONE)).answers[0]).text) <= 2
