"""What staff do with sentences: teach them, pass them over, take them back; each step stands in the audit log."""

import asyncio
from collections.abc import Iterable, Sequence

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.teaching import repository
from bot.teaching.errors import Fault, Faulty, Refusal, StepRefusedError, TeachingRefusedError
from bot.teaching.known import KnownSentences, NewSentence
from bot.teaching.missed import LOOKED_BACK, MOST_TURNS, Group, Missed, groups_of, missed_sentences
from bot.teaching.models import PassedOverRow, TaughtRow
from content.intents import all_intents
from core.audit.service import Deed, State, record
from core.clock import Clock
from core.database import Database
from core.masking import mask
from core.staff.actor import Actor
from core.staff.permissions import Permission
from nlu.judging.outcome import Sentence
from nlu.taught import as_training_data


class Lessons:
    """Each step is one unit of work."""

    def __init__(self, database: Database, clock: Clock, known: KnownSentences) -> None:
        self._database = database
        self._clock = clock
        self._known = known

    async def groups(self, actor: Actor) -> list[Group]:
        """Return what was not understood in the last weeks and is not settled, the most frequent first."""
        actor.require(Permission.READ_TRANSCRIPTS)
        async with self._database.read() as session:
            since = self._clock.now() - LOOKED_BACK
            turns = await repository.missed_turns(session, since, MOST_TURNS)
            settled = await repository.settled_digests(session)
        # Seconds with thousands of sentences: residents are answered meanwhile.
        return await asyncio.to_thread(lambda: groups_of(missed_sentences(turns, self._known, settled), self._known))

    async def group(self, actor: Actor, turn: int) -> Group | None:
        """Return the group that holds a sentence by the id of its turn, None when it is settled or gone."""
        groups = await self.groups(actor)
        return next((group for group in groups if any(turn in each.turns for each in group.sentences)), None)

    async def teach(self, actor: Actor, intent: str, texts: Sequence[str]) -> int:
        """Teach sentences to an intent, or none of them; return how many.

        Raises:
            TeachingRefusedError: some cannot be taught.
            StepRefusedError: there are none, or there is no such intent.
        """
        actor.require(Permission.TEACH)
        if intent not in all_intents() or all_intents()[intent].only_pressed:
            raise StepRefusedError(Refusal.UNKNOWN_INTENT)
        await asyncio.to_thread(self._known.prepare)
        new = {each.digest: each for each in (self._known.prepared(mask(text), intent) for text in texts)}
        if not new:
            raise StepRefusedError(Refusal.NO_SENTENCES)
        try:
            async with self._database.write() as session:
                await self._add(session, actor, list(new.values()))
        except IntegrityError as error:  # a colleague taught one of them in the same moment
            raise TeachingRefusedError([Faulty(each.text, Fault.KNOWN) for each in new.values()]) from error
        return len(new)

    async def pass_over(self, actor: Actor, sentences: Sequence[Missed]) -> None:
        """Take sentences off the list without teaching them."""
        actor.require(Permission.TEACH)
        now = self._clock.now()
        async with self._database.write() as session:
            settled = await repository.settled_digests(session)
            fresh = [sentence for sentence in sentences if sentence.digest not in settled]
            session.add_all(PassedOverRow(digest=each.digest, at=now, by=actor.name) for each in fresh)
            await self._log(session, actor, "teaching.passed_over", "sentences", {"sentences": _texts(fresh)})

    async def taught(self, actor: Actor, intent: str = "") -> Sequence[TaughtRow]:
        """Return the sentences in use, those of one intent or of all, the newest first."""
        actor.require(Permission.READ_TRANSCRIPTS)
        async with self._database.read() as session:
            return await repository.taught(session, intent)

    async def withdraw(self, actor: Actor, sentence_id: int) -> None:
        """Take a sentence back: the next training does without it.

        Raises:
            StepRefusedError: it is not in use.
        """
        actor.require(Permission.TEACH)
        async with self._database.write() as session:
            row = await session.get(TaughtRow, sentence_id, with_for_update=True)
            if row is None or row.withdrawn_at is not None:
                raise StepRefusedError(Refusal.GONE)
            row.withdrawn_at, row.withdrawn_by = self._clock.now(), actor.name
            await self._log(session, actor, "teaching.withdrawn", f"intents/{row.intent}", {"text": row.text})

    async def exported(self, actor: Actor) -> str:
        """Return the sentences in use as a file of training data, as a release takes it; this is a deed, too."""
        actor.require(Permission.READ_TRANSCRIPTS)
        async with self._database.write() as session:
            rows = await repository.taught(session)
            await self._log(session, actor, "teaching.exported", "sentences", {"rows": len(rows)})
        return as_training_data(Sentence(row.intent, row.text) for row in rows)

    async def _add(self, session: AsyncSession, actor: Actor, new: Sequence[NewSentence]) -> None:
        taught = {row.digest: row.intent for row in await repository.taught(session)}
        if faulty := [fault for each in new if (fault := self._known.fault(each, taught))]:
            raise TeachingRefusedError(faulty)
        now, intent = self._clock.now(), new[0].intent
        session.add_all(
            TaughtRow(digest=each.digest, intent=intent, text=each.text, added_at=now, added_by=actor.name)
            for each in new
        )
        await self._log(session, actor, "teaching.taught", f"intents/{intent}", {"sentences": _texts(new)})

    async def _log(self, session: AsyncSession, actor: Actor, action: str, subject: str, after: State) -> None:
        await record(session, actor.name, Deed(action, subject, after=after), self._clock.now())


def _texts(sentences: Iterable[NewSentence | Missed]) -> list[str]:
    return [sentence.text for sentence in sentences]
