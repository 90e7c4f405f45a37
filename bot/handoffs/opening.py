"""Opens what is stored of a message: its words, its steps, and how a reply written now would come to the resident."""

from collections.abc import Mapping, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from bot.handoffs import repository
from bot.handoffs.handoff import Handoff, HandoffStep
from bot.handoffs.letters import repository as letters
from bot.handoffs.letters.letter import Letter
from bot.handoffs.letters.reach import SENT_ON, Reach, address_in, has_stopped
from bot.handoffs.letters.service import contact_place, text_place
from bot.handoffs.models import HandoffRow, HandoffStepRow
from bot.handoffs.states import HandoffState
from core.clock import Clock
from core.crypto import AddressVault
from notifier.subscriptions.service import Subscriptions


def message_place(reference: str) -> str:
    """Return the context that ties the sealed words of a message to its row."""
    return f"handoffs.text_sealed:{reference}"


class Opener:
    """Works inside the caller's unit of work; every step raises UnsealError where a key is missing."""

    def __init__(self, vault: AddressVault, clock: Clock) -> None:
        self._vault = vault
        self._subscriptions = Subscriptions(vault, clock)

    async def handoff(self, session: AsyncSession, row: HandoffRow) -> Handoff:
        """Return a message in clear."""
        sealed = row.contact_sealed
        return Handoff(
            reference=row.reference,
            state=HandoffState(row.state),
            channel=row.channel,
            topic=row.topic,
            assignee=row.assignee,
            created_at=row.created_at,
            changed_at=row.changed_at,
            text=self._vault.open(row.text_sealed, message_place(row.reference)),
            reply_to=row.reply_to,
            contact=self._vault.open(sealed, contact_place(row.reference)) if sealed else None,
            reach=await self.reach(session, row),
            steps=self._steps(row, await repository.steps(session, row.id), await letters.of_handoff(session, row.id)),
        )

    def text(self, step: HandoffStepRow, row: HandoffRow) -> str:
        """Return what was written in a step that has words."""
        return self._vault.open(step.text_sealed or b"", text_place(row.reference))

    async def reach(self, session: AsyncSession, row: HandoffRow) -> Reach:
        """Return how a reply written now comes to the resident."""
        match row.reply_to:
            case "here" if row.channel in SENT_ON and row.contact_sealed:
                contact = self._vault.open(row.contact_sealed, contact_place(row.reference))
                stopped = await has_stopped(
                    session, self._subscriptions, row.channel, address_in(contact), row.created_at
                )
                return Reach.STOPPED if stopped else Reach.LETTER
            case "phone" | "email":
                return Reach.STAFF
            case _:
                return Reach.CONVERSATION if row.channel == "web" else Reach.NUMBER

    def _steps(
        self, row: HandoffRow, steps: Sequence[HandoffStepRow], sent: Mapping[int, Letter]
    ) -> tuple[HandoffStep, ...]:
        return tuple(
            HandoffStep(
                step.id,
                step.at,
                step.by,
                HandoffState(step.state),
                self.text(step, row) if step.text_sealed else None,
                sent.get(step.id),
            )
            for step in steps
        )
