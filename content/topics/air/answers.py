"""What is said about the air now: the index, the readings, for how long they hold, and what is advised."""

from dataclasses import replace

from content.answer import Answer, Source
from content.format import polish_list, polish_moment, sentence_start
from content.pack import City
from content.places import PlaceResolver
from content.question import Answerer, Question
from content.sources.gios import Pollutant
from content.texts import Texts, Wording
from content.topics.air.card import AirCard
from content.topics.air.charts import AirCharts
from content.topics.air.explain import AirExplanation
from content.topics.air.history import AirHistory
from content.topics.air.period import tense
from content.topics.air.picture import Picture, picture_of
from content.topics.air.service import AirService
from content.topics.air.snapshot import Snapshot
from content.topics.air.voice import GIOS_URL, AirVoice
from core.clock import Clock

_RUNNERS = "biegacze"
# About as many characters stand on the screen of a phone at once.
_SCREEN = 600


def answers(topic: "AirTopic") -> dict[str, Answerer]:
    """Return the functions that answer the intents of the topic; reporting smoke is a text."""
    return {
        "air_quality_now": topic.now,
        "air_quality_forecast": topic.forecast,
        "air_quality_history": topic.past,
        "air_health_advice": topic.advice,
        "air_explain": topic.explanation.answer,
        "heating_rules": topic.explanation.heating_rules,
    }


class AirTopic:
    """Answers from the last good snapshot; the official level is quoted, never computed."""

    def __init__(self, air: AirService, texts: Texts, city: City, clock: Clock, places: PlaceResolver) -> None:
        self._air = air
        self._texts = texts
        self._advise = texts["air_health_advice"].say
        self._voice = AirVoice(texts, city, clock, places)
        self._city = city
        self.charts = AirCharts(air, texts, city)
        self._history = AirHistory(air, texts, clock, self._voice, self.charts)
        self._clock = clock
        self.explanation = AirExplanation(texts, city, clock)

    async def now(self, question: Question) -> Answer:
        """Say how the air is; „a jutro?” and „a wczoraj?” after it are answered as what they ask."""
        match tense(question.entity("period"), self._clock.now()):
            case "past":
                return await self._history.answer(question)
            case "future":
                return await self._forecast()
            case None:
                return await self._present(question)

    async def forecast(self, question: Question) -> Answer:
        """Say that there is no verified forecast, how the air is now, where it goes, and offer an alert."""
        is_past = tense(question.entity("period"), self._clock.now()) == "past"
        return await self._history.answer(question) if is_past else await self._forecast()

    async def past(self, question: Question) -> Answer:
        """Say how the air was; a time still to come is answered as a forecast."""
        is_future = tense(question.entity("period"), self._clock.now()) == "future"
        return await self._forecast() if is_future else await self._history.answer(question)

    async def _present(self, question: Question) -> Answer:
        """Say how the air is; an asked pollutant comes first, an asked place is told where the data come from."""
        snapshot = await self._air.current()
        if snapshot is None:
            return await self._nothing_now()
        pollutant, voice = question.entity("pollutant"), self._voice
        asked = pollutant.id if pollutant else None
        picture = await picture_of(self._air, snapshot, asked)
        lines = [
            *voice.before(picture),
            *([self._asked(pollutant.id, pollutant.value, picture)] if pollutant else []),
            *voice.headline(snapshot),
            *voice.trend(picture.lead, picture.trend),
            *voice.place(question),
            *([] if pollutant else self._to_groups(question, snapshot) or self._advice(snapshot, "general")),
            *voice.about_the_norm(picture),
            voice.attribution(snapshot),
        ]
        answer = self._answer("air_quality_now", lines, snapshot)
        chart = self.charts.of(picture.lead, picture.hours, sample=snapshot.sample)
        return replace(answer, facts=voice.facts(picture, asked), chart=chart)

    async def _forecast(self) -> Answer:
        wording = self._texts["air_quality_forecast"]
        snapshot = await self._air.current()
        if snapshot is None:
            answer = _without_data(wording)
            return replace(answer, text="\n".join([*await self._notices(), answer.text, wording.say("offer")]))
        picture = await picture_of(self._air, snapshot)
        voice = self._voice
        lines = [
            *voice.notices(picture.notices),
            wording.text,
            wording.say("known"),
            *voice.warnings(snapshot),
            *voice.headline(snapshot),
            *voice.trend(picture.lead, picture.trend),
            wording.say("offer"),
            voice.attribution(snapshot),
        ]
        return self._answer("air_quality_forecast", lines, snapshot)

    async def advice(self, question: Question) -> Answer:
        """Say what is advised at the present official level, to the named people first."""
        snapshot = await self._air.current()
        wording = self._texts["air_health_advice"]
        if snapshot is None or snapshot.level is None:
            answer = _without_data(wording)
            return replace(answer, text="\n".join([*await self._notices(), answer.text]))
        picture = await picture_of(self._air, snapshot)
        headline = self._voice.headline(snapshot)
        is_later = tense(question.entity("period"), self._clock.now()) == "future"
        lines = [
            *self._voice.before(picture),
            *self._advice_to(question, snapshot),
            *([self._advise("only_now")] if is_later else []),
            *headline,
            self._advise("general_only"),
            self._voice.attribution(snapshot),
        ]
        # The level is never left out; of old data the hour stands in their warning already.
        is_old = snapshot.measured_at is not None and self._voice.is_stale(snapshot.measured_at)
        decided, measured = headline[1:-1], headline[-1:] if is_old else []
        to_all = self._advice(snapshot, "general") if _groups(question) else []
        return self._answer("air_health_advice", _fitting(lines, [*decided, *to_all, *measured]), snapshot)

    async def card(self) -> AirCard | None:
        """Return the air at a glance, None when nothing current is known."""
        snapshot = await self._air.current()
        if snapshot is None or snapshot.measured_at is None:
            return None
        picture, say = await picture_of(self._air, snapshot, Pollutant.PM10), self._voice.say
        return AirCard(
            level_class=snapshot.level,
            level_name=say("no_index_short" if snapshot.level is None else f"level_{snapshot.level}"),
            station=sentence_start(self._city.air_station.name),
            measured_at=polish_moment(snapshot.measured_at),
            sample=snapshot.sample,
            stale=self._voice.is_stale(snapshot.measured_at),
            facts=self._voice.facts(picture),
            chart=self.charts.of(picture.lead, picture.hours, sample=snapshot.sample),
            trend=tuple(self._voice.trend(picture.lead, picture.trend)),
            advice=(*self._advice(snapshot, "general"), *self._advice(snapshot, "sensitive")),
            notices=tuple(self._voice.notices(picture.notices)),
        )

    def _answer(self, intent: str, lines: list[str], snapshot: Snapshot) -> Answer:
        buttons = self._texts[intent].answer().buttons
        return Answer("\n".join(lines), buttons=buttons, sources=(self._voice.source(snapshot),))

    async def _nothing_now(self) -> Answer:
        """Say that there are no current data; the hour of the last ones is named, their values are not."""
        answer = _without_data(self._texts["air_quality_now"])
        lines = [*await self._notices(), answer.text]
        latest = await self._air.latest()
        if latest and latest.measured_at and not latest.sample:
            lines.append(self._voice.say("last_known", moment=polish_moment(latest.measured_at)))
        return replace(answer, text="\n".join(lines))

    async def _notices(self) -> list[str]:
        return self._voice.notices(await self._air.notices())

    def _advice_to(self, question: Question, snapshot: Snapshot) -> list[str]:
        to_groups = self._to_groups(question, snapshot)
        if not to_groups:
            return [*self._advice(snapshot, "general"), *self._advice(snapshot, "sensitive")]
        # What is advised to everybody is about sport as well: a runner has read it already.
        is_read = _RUNNERS in _groups(question)
        return [*to_groups, *([] if is_read else self._advice(snapshot, "general"))]

    def _to_groups(self, question: Question, snapshot: Snapshot) -> list[str]:
        """Return what is advised to the people that a question names: one sentence for all, one about sport."""
        groups = [] if snapshot.level is None else _groups(question)
        people = [group for group in groups if group != _RUNNERS]
        who, whom = (self._together(case, people) for case in ("who", "whom"))
        to_people = [self._advise(f"group_{snapshot.level}", who=who, whom=whom)] if people else []
        return [*to_people, *([self._advise(f"effort_{snapshot.level}")] if _RUNNERS in groups else [])]

    def _together(self, case: str, groups: list[str]) -> str:
        """Return groups of people as a sentence begins with them, `case` being who does or whom it harms."""
        return sentence_start(polish_list([self._advise(f"{case}_{group}").lower() for group in groups]))

    def _advice(self, snapshot: Snapshot, group: str) -> list[str]:
        return [] if snapshot.level is None else [self._advise(f"{group}_{snapshot.level}")]

    def _asked(self, pollutant_id: str, name: str, picture: Picture) -> str:
        reading = picture.snapshot.reading(pollutant_id)
        if reading is None:
            return self._voice.say("pollutant_missing", pollutant=sentence_start(name))
        fact = self._voice.fact(reading, picture)
        return f"{fact.label}: {fact.value}{f' – {fact.note}' if fact.note else ''}."


def _groups(question: Question) -> list[str]:
    return [entity.id for entity in question.entities if entity.name == "group"]


def _fitting(lines: list[str], spare: list[str]) -> list[str]:
    """Return what fits the screen of a phone: as many lines are left out as that takes, in the order of `spare`."""
    for line in spare:
        if len("\n".join(lines)) > _SCREEN:
            lines = [each for each in lines if each != line]
    return lines


def _without_data(wording: Wording) -> Answer:
    return replace(wording.answer(), sources=(Source("GIOŚ", GIOS_URL),))
