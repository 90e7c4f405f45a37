"""What is said about the air: the index, the readings, and for how long ago they hold."""

from dataclasses import replace
from datetime import datetime

from content.answer import Answer, Fact, Source
from content.format import decimal, polish_hour, polish_moment
from content.pack import City
from content.question import Answerer, Entity, Question
from content.sources.gios import Pollutant
from content.texts import Texts, Wording
from content.topics.air.card import AirCard
from content.topics.air.service import AirService
from content.topics.air.snapshot import STALE_AFTER, Reading, Snapshot
from core.clock import Clock, warsaw

GIOS_URL = "https://powietrze.gios.gov.pl"

PM10_DAILY_LIMIT = 50
"""µg/m³, mean of 24 hours, not more than 35 days a year: the limit in force since 2005 (legal.cleanair-europe.org)."""


def answers(topic: "AirTopic") -> dict[str, Answerer]:
    """Return the answers that need live data; the other intents of the topic are texts."""
    return {
        "air_quality_now": topic.now,
        "air_quality_forecast": topic.forecast,
        "air_health_advice": topic.advice,
    }


class AirTopic:
    """Answers from the last good snapshot; the official level is quoted, never computed."""

    def __init__(self, air: AirService, texts: Texts, city: City, clock: Clock) -> None:
        self._air = air
        self._texts = texts
        self._say = texts["air_quality_now"].say
        self._advise = texts["air_health_advice"].say
        self._city = city
        self._clock = clock

    async def now(self, question: Question) -> Answer:
        """Say how the air is; an asked pollutant comes first, an asked place is told where the data come from."""
        snapshot = await self._air.current()
        if snapshot is None:
            return await self._nothing_now()
        pollutant = question.entity("pollutant")
        lines = [
            *self._warnings(snapshot),
            *([self._asked(pollutant, snapshot)] if pollutant else []),
            *self._headline(snapshot),
            *self._place(question),
            *self._advice(snapshot, "general"),
            *([self._say("daily_limit")] if snapshot.reading(Pollutant.PM10) else []),
            self._attribution(snapshot),
        ]
        return self._answer("air_quality_now", lines, snapshot, self._facts(snapshot, pollutant))

    async def forecast(self, _question: Question) -> Answer:
        """Say that there is no verified forecast, and how the air is now."""
        snapshot = await self._air.current()
        wording = self._texts["air_quality_forecast"]
        if snapshot is None:
            return _without_data(wording)
        lines = [wording.text, *self._warnings(snapshot), *self._headline(snapshot), self._attribution(snapshot)]
        return self._answer("air_quality_forecast", lines, snapshot)

    async def advice(self, _question: Question) -> Answer:
        """Say what is advised at the present official level, to everyone and to sensitive people."""
        snapshot = await self._air.current()
        wording = self._texts["air_health_advice"]
        if snapshot is None or snapshot.level is None:
            return _without_data(wording)
        lines = [
            *self._warnings(snapshot),
            *self._advice(snapshot, "general"),
            *self._advice(snapshot, "sensitive"),
            *self._headline(snapshot),
            self._advise("general_only"),
            self._attribution(snapshot),
        ]
        return self._answer("air_health_advice", lines, snapshot)

    async def card(self) -> AirCard | None:
        """Return the air at a glance, None when nothing current is known."""
        snapshot = await self._air.current()
        if snapshot is None or snapshot.measured_at is None:
            return None
        return AirCard(
            level_class=snapshot.level,
            level_name=self._say("no_index_short" if snapshot.level is None else f"level_{snapshot.level}"),
            station=_sentence_start(self._city.air_station.name),
            measured_at=polish_moment(snapshot.measured_at),
            sample=snapshot.sample,
            stale=self._is_stale(snapshot.measured_at),
            facts=self._facts(snapshot, None),
        )

    def _answer(self, intent: str, lines: list[str], snapshot: Snapshot, facts: tuple[Fact, ...] = ()) -> Answer:
        source = Source("GIOŚ", GIOS_URL, as_of=snapshot.measured_at, sample=snapshot.sample)
        return Answer("\n".join(lines), facts, self._texts[intent].answer().buttons, sources=(source,))

    async def _nothing_now(self) -> Answer:
        """Say that there are no current data; the hour of the last ones is named, their values are not."""
        answer = _without_data(self._texts["air_quality_now"])
        latest = await self._air.latest()
        if latest is None or latest.measured_at is None or latest.sample:
            return answer
        last = self._say("last_known", moment=polish_moment(latest.measured_at))
        return replace(answer, text=f"{answer.text}\n{last}")

    def _warnings(self, snapshot: Snapshot) -> list[str]:
        lines = [self._say("sample")] if snapshot.sample else []
        if snapshot.measured_at and self._is_stale(snapshot.measured_at):
            hours = int((self._clock.now() - snapshot.measured_at).total_seconds() // 3600)
            lines.append(self._say("stale", moment=self._when(snapshot.measured_at), hours=hours))
        return lines

    def _headline(self, snapshot: Snapshot) -> list[str]:
        lines = [self._say("no_index")]
        if snapshot.level is not None:
            lines = [self._say("index", city=self._city, level=self._say(f"level_{snapshot.level}"))]
            # Below that nothing stands out, and naming a culprit would only worry.
            if snapshot.level >= 2 and snapshot.critical:
                lines.append(self._say(f"critical_{snapshot.critical}"))
        moment = polish_moment(snapshot.measured_at) if snapshot.measured_at else ""
        return [*lines, self._say("measured", moment=moment, station=self._city.air_station.name)]

    def _attribution(self, snapshot: Snapshot) -> str:
        # Invented values must not be credited to GIOŚ.
        return self._say("sample_attribution" if snapshot.sample else "attribution")

    def _place(self, question: Question) -> list[str]:
        place = question.entity("district") or question.entity("street")
        return [self._say("place", city=self._city, place=place.value)] if place else []

    def _advice(self, snapshot: Snapshot, group: str) -> list[str]:
        return [] if snapshot.level is None else [self._advise(f"{group}_{snapshot.level}")]

    def _asked(self, pollutant: Entity, snapshot: Snapshot) -> str:
        reading = snapshot.reading(pollutant.id)
        if reading is None:
            return self._say("pollutant_missing", pollutant=pollutant.value)
        fact = self._fact(reading, snapshot)
        return f"{fact.label}: {fact.value}{f' – {fact.note}' if fact.note else ''}."

    def _facts(self, snapshot: Snapshot, asked: Entity | None) -> tuple[Fact, ...]:
        asked_id = asked.id if asked else None
        readings = sorted(snapshot.readings, key=lambda reading: reading.pollutant != asked_id)
        return tuple(self._fact(reading, snapshot) for reading in readings)

    def _fact(self, reading: Reading, snapshot: Snapshot) -> Fact:
        notes = []
        if reading.pollutant is Pollutant.PM10:
            percent = round(reading.value / PM10_DAILY_LIMIT * 100)
            notes.append(self._say("of_daily_limit", percent=percent, limit=PM10_DAILY_LIMIT))
        if reading.level is not None:
            notes.append(self._say("reading_level", level=self._say(f"level_{reading.level}").lower()))
        if reading.measured_at != snapshot.measured_at:
            notes.append(self._say("reading_hour", moment=self._when(reading.measured_at)))
        label = self._say(f"label_{reading.pollutant}")
        return Fact(label, f"{decimal(reading.value)} µg/m³", ", ".join(notes) or None)

    def _is_stale(self, moment: datetime) -> bool:
        return self._clock.now() - moment > STALE_AFTER

    def _when(self, moment: datetime) -> str:
        """Return the hour, with the date when it was not today in Poland."""
        today = warsaw(self._clock.now()).date()
        return f"godz. {polish_hour(moment)}" if warsaw(moment).date() == today else polish_moment(moment)


def _without_data(wording: Wording) -> Answer:
    return replace(wording.answer(), sources=(Source("GIOŚ", GIOS_URL),))


def _sentence_start(text: str) -> str:
    return text[:1].upper() + text[1:]
