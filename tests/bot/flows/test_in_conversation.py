"""Signing up inside a conversation: consent is given only to the text that was just shown."""

import pytest
from sqlalchemy import func, select

from bot.assistant import Assistant, Reply
from bot.message import IncomingMessage
from core.database import Database
from notifier.subscriptions.models import ConsentRow, ContactRow, SubscriptionRow
from tests.fakes import FakeParser

SENDER = "telegram:5123456789"


@pytest.fixture(autouse=True)
async def _prepared(database: Database, parser: FakeParser) -> None:
    async with database.engine.begin() as connection:
        for row in (ContactRow, SubscriptionRow, ConsentRow):
            await connection.run_sync(row.metadata.create_all, tables=[row.metadata.tables[row.__tablename__]])
    parser.learn("zapisz mnie na powiadomienia", ("alerts_subscribe", 0.9))
    parser.learn("alerty", ("alerts_subscribe", 0.3))


async def _say(assistant: Assistant, text: str) -> Reply:
    return await assistant.reply(IncomingMessage("telegram", text=text, sender=SENDER), None)


async def _running(database: Database) -> int:
    query = select(func.count()).select_from(SubscriptionRow).where(SubscriptionRow.ended_at.is_(None))
    async with database.read() as session:
        return await session.scalar(query) or 0


async def test_two_yeses_are_needed_when_the_question_was_unsure(assistant: Assistant, database: Database) -> None:
    unsure = await _say(assistant, "alerty")
    assert unsure.step.decision == "confirm"
    shown = await _say(assistant, "tak")
    assert "Zgoda jest dobrowolna" in shown.answers[0].text
    assert await _running(database) == 0
    assert "Zapis przyjęty" in (await _say(assistant, "tak")).answers[0].text
    assert await _running(database) == 1


async def test_agreeing_and_stopping_need_no_model(
    assistant: Assistant, database: Database, parser: FakeParser
) -> None:
    await _say(assistant, "zapisz mnie na powiadomienia")
    parser.is_down = True
    await _say(assistant, "TAK")
    assert await _running(database) == 1
    assert "Zgoda jest wycofana" in (await _say(assistant, "STOP")).answers[0].text
    assert await _running(database) == 0


async def test_a_yes_after_something_else_agrees_to_nothing(assistant: Assistant, database: Database) -> None:
    await _say(assistant, "zapisz mnie na powiadomienia")
    await _say(assistant, "dziękuję")
    await _say(assistant, "tak")
    assert await _running(database) == 0


async def test_a_consent_is_not_given_again_by_a_later_fragment(assistant: Assistant, database: Database) -> None:
    await _say(assistant, "zapisz mnie na powiadomienia")
    await _say(assistant, "tak")
    await _say(assistant, "stop")
    await _say(assistant, "zapisz mnie na powiadomienia")
    await _say(assistant, "a na Zosinku?")
    assert await _running(database) == 0


@pytest.mark.parametrize("payload", ["alerts_subscribe?confirm=no", "alerts_subscribe?confirm="])
async def test_only_a_yes_is_a_consent(assistant: Assistant, database: Database, payload: str) -> None:
    await assistant.reply(IncomingMessage("telegram", button=payload, sender=SENDER), None)
    assert await _running(database) == 0


async def test_a_page_cannot_sign_anybody_up(assistant: Assistant, database: Database) -> None:
    reply = await assistant.reply(IncomingMessage("web", button="alerts_subscribe?confirm=yes"), None)
    assert reply.answers[0].text.startswith("W tej rozmowie")
    assert await _running(database) == 0
