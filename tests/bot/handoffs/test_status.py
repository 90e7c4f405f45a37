"""What a resident reads who gives the number of a message."""

import pytest

from bot.handoffs.handoff import NewHandoff
from bot.handoffs.service import MAX_ADDITIONS, Handoffs
from bot.handoffs.status import HandoffStatus
from bot.message import IncomingMessage
from content.answer import Answer
from content.pack import load_city
from content.texts import Texts
from core.database import Database

TEXTS = Texts(load_city("legnica").folder)
OWNER = "telegram:5123456789"


@pytest.fixture
def status(database: Database, handoffs: Handoffs) -> HandoffStatus:
    return HandoffStatus(database, TEXTS, handoffs)


@pytest.fixture
async def reference(database: Database, handoffs: Handoffs) -> str:
    async with database.write() as session:
        return await handoffs.create(session, NewHandoff("key", "telegram", "air", OWNER, "Sprawa do załatwienia."))


async def _ask(status: HandoffStatus, text: str, sender: str | None = OWNER) -> Answer | None:
    return await status.answer(IncomingMessage("telegram", text=text, sender=sender, conversation="talk"))


async def test_the_state_is_told_at_every_step(
    status: HandoffStatus, reference: str, database: Database, handoffs: Handoffs
) -> None:
    said = []
    for step in ("open", "assigned", "answered", "closed"):
        async with database.write() as session:
            if step == "assigned":
                await handoffs.assign(session, reference, "Anna", "Jan")
            elif step == "answered":
                await handoffs.reply(session, reference, "Naprawimy w piątek.", "Anna")
            elif step == "closed":
                await handoffs.close(session, reference, "Anna")
        answer = await _ask(status, f"co ze sprawą {reference.lower()}?")
        assert answer is not None
        said.append(answer)
    assert said[0].text == f"Sprawa {reference}: przyjęta 23.11.2026, czeka na pracownika urzędu."
    assert said[1].text == f"Sprawa {reference}: od 23.11.2026 zajmuje się nią pracownik urzędu."
    assert said[2].text == (f"Sprawa {reference}: odpowiedź jest z 23.11.2026.\nOdpowiedź urzędu: Naprawimy w piątek.")
    assert said[3].text.startswith(f"Sprawa {reference}: zakończona 23.11.2026.")
    assert [answer.private for answer in said] == [False, False, True, True]
    assert "Anna" not in str(said)


@pytest.mark.parametrize("sender", ["telegram:1", None])
async def test_the_reply_is_shown_only_to_whoever_wrote_the_message(
    status: HandoffStatus, reference: str, database: Database, handoffs: Handoffs, sender: str | None
) -> None:
    async with database.write() as session:
        await handoffs.assign(session, reference, "Anna", "Jan")
        await handoffs.reply(session, reference, "Naprawimy w piątek.", "Anna")
    answer = await _ask(status, reference, sender)
    assert answer is not None
    assert "piątek" not in answer.text
    assert "tylko w tej rozmowie" in answer.text


async def test_an_unknown_number_is_told_honestly_and_other_texts_are_left_alone(status: HandoffStatus) -> None:
    answer = await _ask(status, "LG-7K3M2")
    assert answer is not None
    assert answer.text.startswith("Nie znajduję sprawy o numerze LG-7K3M2.")
    assert await _ask(status, "LG-7K3M3") is None
    assert await _ask(status, "jakie jest powietrze?") is None


async def test_what_its_sender_writes_behind_the_number_is_added_and_comes_before_the_office_again(
    status: HandoffStatus, reference: str, database: Database, handoffs: Handoffs
) -> None:
    async with database.write() as session:
        await handoffs.assign(session, reference, "Anna", "Jan")
        await handoffs.reply(session, reference, "O której godzinie?", "Anna")
    for _ in range(2):
        answer = await _ask(status, f"{reference.lower()}: codziennie około 20")
        assert answer is not None
        assert answer.text == f"Dopisane do sprawy {reference}. Przeczyta to pracownik urzędu."
        assert answer.private
    async with database.read() as session:
        handoff = await handoffs.find(session, reference)
        replies = await handoffs.replies(session, OWNER, 0)
    assert handoff is not None
    # Delivered twice, it is added once.
    assert [step.text for step in handoff.steps] == [None, None, "O której godzinie?", "codziennie około 20"]
    assert handoff.steps[-1].is_of_resident
    assert (handoff.state, handoff.assignee, handoff.last_reply) == ("assigned", "Anna", "O której godzinie?")
    assert [reply.text for reply in replies] == ["O której godzinie?"]


@pytest.mark.parametrize("sender", ["telegram:1", None])
async def test_nobody_adds_to_the_message_of_somebody_else(
    status: HandoffStatus, reference: str, database: Database, handoffs: Handoffs, sender: str | None
) -> None:
    answer = await _ask(status, f"{reference} proszę to zamknąć", sender)
    assert answer is not None
    assert answer.text.startswith(f"Sprawa {reference}: przyjęta")
    async with database.read() as session:
        handoff = await handoffs.find(session, reference)
    assert handoff is not None
    assert len(handoff.steps) == 1


async def test_a_closed_message_and_a_full_one_take_nothing_more(
    status: HandoffStatus, reference: str, database: Database, handoffs: Handoffs
) -> None:
    for number in range(MAX_ADDITIONS):
        await _ask(status, f"{reference} i jeszcze {number}")
    refused = await _ask(status, f"{reference} i jeszcze coś")
    assert refused is not None
    assert "Limit wiadomości na dobę (20)" in refused.text
    async with database.write() as session:
        await handoffs.close(session, reference, "Anna")
    closed = await _ask(status, f"{reference} i jeszcze coś")
    assert closed is not None
    assert "jest zakończona, więc nic już do niej nie dopiszę" in closed.text


async def test_an_answer_to_a_message_of_ours_that_names_the_number_is_added_without_naming_it(
    status: HandoffStatus, reference: str, database: Database, handoffs: Handoffs
) -> None:
    quoted = f"Odpowiedź urzędu w sprawie {reference}:\nO której godzinie?"

    async def answer(text: str, sender: str) -> Answer | None:
        return await status.answer(IncomingMessage("telegram", text, sender=sender, conversation="t", quoted=quoted))

    assert await answer("jakie jest powietrze?", "telegram:1") is None
    added = await answer("około 20", OWNER)
    assert added is not None
    assert added.text.startswith(f"Dopisane do sprawy {reference}.")
    async with database.read() as session:
        handoff = await handoffs.find(session, reference)
    assert handoff is not None
    assert handoff.steps[-1].text == "około 20"
