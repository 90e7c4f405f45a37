"""A message for the office and back: left in Telegram, answered by staff, and answered again by quoting the reply."""

import re

import pytest

from bot.handoffs.inbox import Inbox
from bot.handoffs.letters.carrier import LetterCarrier
from bot.handoffs.letters.service import Letters
from bot.handoffs.service import Handoffs
from core.staff.actor import Actor
from core.staff.permissions import PERMISSIONS, Role
from hub import bootstrap
from notifier.channels.telegram import telegram_channel
from tests.bot.telegram.conftest import Line
from tests.bot.telegram.updates import ANNA, message, said
from tests.standins.telegram import BOT, TOKEN

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

EDITOR = Actor("Anna Nowak", PERMISSIONS[Role.EDITOR])


async def test_the_office_and_the_resident_write_to_each_other(line: Line, foundation: bootstrap.Foundation) -> None:
    for text in ("chcę człowieka", "Powietrze", "Sąsiad pali śmieci przy szkole.", "tutaj", "wyślij"):
        await line.hear(said(text))
    found = re.search(r"LG-\w{5}", line.api.made("sendMessage", ANNA)[-1].text)
    assert found
    number, vault = found.group(), bootstrap.address_vault(foundation.settings)
    inbox = Inbox(foundation.database, Handoffs(vault, foundation.clock, "LG"), foundation.clock)

    # The process that answers in Telegram is away; the reply waits for the one that sends.
    await inbox.reply(EDITOR, number, "O której godzinie?")
    letters = Letters(foundation.database, vault, foundation.clock, foundation.texts)
    async with telegram_channel(TOKEN, line.api.url, foundation.clock) as channel:
        carrier = LetterCarrier(letters, foundation.database, foundation.clock, [channel], limits={}, budgets={})
        assert await carrier.step()
        assert not await carrier.step()
    arrived = line.api.made("sendMessage", ANNA)[-1].text
    assert arrived.startswith(f"Odpowiedź urzędu w sprawie {number}:\nO której godzinie?")

    ours = {"message_id": 77, "date": 1795000000, "chat": {"id": ANNA, "type": "private"}, "from": BOT, "text": arrived}
    await line.hear(message(text="codziennie około 20", reply_to_message=ours))
    assert line.api.made("sendMessage", ANNA)[-1].text.startswith(f"Dopisane do sprawy {number}.")
    handoff = await inbox.open(EDITOR, number)
    assert handoff.steps[-1].text == "codziennie około 20"
    assert (handoff.state, handoff.assignee) == ("assigned", "Anna Nowak")
