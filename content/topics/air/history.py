"""How the air was: a past time in numbers, set against the daily norm where that is allowed, with a chart."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from babel.dates import format_date

from content.answer import Answer, Fact, Source
from content.format import decimal, polish_date, polish_hour, polish_moment, sentence_start
from content.question import Entity, Question
from content.sources.gios import Pollutant
from content.texts import Texts
from content.topics.air.charts import AirCharts
from content.topics.air.hours import Day, Extreme, Hours, Summary, days, summary
from content.topics.air.norms import PM10_DAY, load_norms
from content.topics.air.period import LAST_DAYS, Period, period_of, year_so_far
from content.topics.air.service import AirService
from content.topics.air.voice import GIOS_URL, AirVoice
from core.clock import Clock, warsaw

_MOST_DAYS_LISTED = 7
_COMPLETE = 0.9


@dataclass(frozen=True)
class _Past:
    """What is stored of one pollutant over a time."""

    period: Period
    pollutant: Pollutant
    hours: Hours
    days: tuple[Day, ...]
    sample: bool


class AirHistory:
    """Answers about past times from the stored hours."""

    def __init__(self, air: AirService, texts: Texts, clock: Clock, voice: AirVoice, charts: AirCharts) -> None:
        self._air = air
        self._wording = texts["air_quality_history"]
        self._say = self._wording.say
        self._clock = clock
        self._voice = voice
        self._charts = charts
        norm = load_norms().norm(PM10_DAY)
        self._limit, self._days_allowed = norm.value, norm.days_allowed

    async def answer(self, question: Question) -> Answer:
        """Say how the air was in the asked time, by default in the last days."""
        asked = question.entity("period") or LAST_DAYS
        period = period_of(asked, self._clock.now())
        when = self._when(asked, period)
        past = await self._past(question, period)
        found = summary(past.hours)
        first = await self._air.first_hour(past.pollutant, sample=past.sample)
        if found is None:
            return await self._nothing(when, first)
        lines = [
            *self._voice.notices(await self._air.notices()),
            *([self._voice.say("sample")] if past.sample else []),
            self._summary(when, past, found),
            *self._against_the_norm(past, found),
            *await self._year(past, first),
            *self._coverage(past, first),
            *self._voice.place(question),
            self._voice.say("sample_attribution" if past.sample else "attribution"),
        ]
        source = Source("GIOŚ", GIOS_URL, as_of=max(past.hours), sample=past.sample)
        chart = self._charts.of(past.pollutant, past.hours, sample=past.sample)
        answer = replace(self._wording.answer(), text="\n".join(lines), sources=(source,))
        return replace(answer, facts=tuple(self._listed(past)), chart=chart)

    async def _past(self, question: Question, period: Period) -> _Past:
        asked = question.entity("pollutant")
        pollutant = Pollutant(asked.id) if asked else Pollutant.PM10
        current = await self._air.current()
        sample = current.sample if current else False
        hours = await self._air.hours(pollutant, period.since, period.until, sample=sample)
        found = await self._days(pollutant, hours, period.first, period.last, sample=sample)
        return _Past(period, pollutant, hours, found, sample)

    async def _days(
        self, pollutant: Pollutant, hours: Hours, first: date, last: date, *, sample: bool
    ) -> tuple[Day, ...]:
        """Return the days of a time; GIOŚ computes means of days for PM10 only."""
        is_measured_pm10 = pollutant is Pollutant.PM10 and not sample
        return days(hours, await self._air.day_means(first, last) if is_measured_pm10 else {})

    async def _nothing(self, when: str, first: datetime | None) -> Answer:
        lines = self._voice.notices(await self._air.notices())
        if first is None:
            lines.append(self._wording.text)
        else:
            lines += [self._say("nothing", when=when), self._since(first)]
        return replace(self._wording.answer(), text="\n".join(lines), sources=(Source("GIOŚ", GIOS_URL),))

    def _summary(self, when: str, past: _Past, found: Summary) -> str:
        only_day = past.days[0].mean if past.period.whole_days and len(past.days) == 1 else None
        return self._say(
            "summary",
            when=when,
            pollutant=self._voice.say(f"short_{past.pollutant}"),
            mean=decimal(found.mean if only_day is None else only_day),
            low=decimal(found.low.value),
            low_at=_at(found.low, past.period),
            high=decimal(found.high.value),
            high_at=_at(found.high, past.period),
        )

    def _against_the_norm(self, past: _Past, found: Summary) -> list[str]:
        if past.pollutant is not Pollutant.PM10:
            return []
        if not past.period.is_one_day:
            return self._days_over(past) if past.period.whole_days else [self._say("not_a_day", count=found.count)]
        day = past.days[0] if past.period.whole_days else None
        is_over = day is not None and day.day < warsaw(self._clock.now()).date()
        if day is None or day.mean is None or not is_over:
            return [self._say("not_a_day", count=found.count)]
        origin = self._say("official" if day.official else "computed")
        return [self._say("day_percent", percent=self._percent(day.mean), limit=decimal(self._limit), origin=origin)]

    def _days_over(self, past: _Past) -> list[str]:
        known = self._known(past.days)
        if not known:
            return []
        lines = [self._say("days_over", limit=decimal(self._limit), over=self._over(known), known=len(known))]
        if len(known) > _MOST_DAYS_LISTED:
            worst = max(known, key=lambda day: day.mean or 0.0)
            lines.append(self._say("worst", day=polish_date(worst.day), mean=decimal(worst.mean or 0.0)))
        return lines

    async def _year(self, past: _Past, first: datetime | None) -> list[str]:
        """Return the days above the daily norm in this year so far, as far back as hours are stored."""
        year = year_so_far(self._clock.now())
        is_of_it = past.period.whole_days and past.period.last.year == year.last.year
        if past.pollutant is not Pollutant.PM10 or not is_of_it:
            return []
        hours = await self._air.hours(Pollutant.PM10, year.since, year.until, sample=past.sample)
        known = self._known(await self._days(Pollutant.PM10, hours, year.first, year.last, sample=past.sample))
        # Days that were just counted need not be counted again.
        if not known or first is None or known[0].day >= past.period.first:
            return []
        fields = {"over": self._over(known), "known": len(known), "allowed": self._days_allowed}
        if known[0].day - year.first <= timedelta(days=1):
            return [self._say("year_over", year=year.first.year, **fields)]
        return [self._say("year_over_since", first=polish_date(known[0].day), **fields)]

    def _coverage(self, past: _Past, first: datetime | None) -> list[str]:
        """Return how much of the time is known, when that is not nearly all of it."""
        if first and past.period.since < first:
            return [self._since(first)]
        asked = int((past.period.until - past.period.since) / timedelta(hours=1)) + 1
        if len(past.hours) >= _COMPLETE * asked:
            return []
        return [self._say("incomplete", known=len(past.hours), all=asked)]

    def _listed(self, past: _Past) -> list[Fact]:
        """Return each day of a short time as a fact."""
        if past.period.is_one_day or not past.period.whole_days or len(past.days) > _MOST_DAYS_LISTED:
            return []
        return [self._listed_day(day, past.pollutant) for day in past.days]

    def _listed_day(self, day: Day, pollutant: Pollutant) -> Fact:
        label = sentence_start(format_date(day.day, "EEE dd.MM", locale="pl"))
        if day.mean is not None and day.day == warsaw(self._clock.now()).date():
            return Fact(label, f"{decimal(day.mean)} µg/m³", self._say("day_goes_on"))
        if day.mean is None:
            return Fact(label, self._say("no_value"), self._say("day_missing"))
        is_pm10 = pollutant is Pollutant.PM10
        note = self._say("day_value", percent=self._percent(day.mean)) if is_pm10 else None
        return Fact(label, f"{decimal(day.mean)} µg/m³", note)

    def _known(self, found: Sequence[Day]) -> list[Day]:
        """Return the days that have a mean and are over: of today there can be none yet."""
        today = warsaw(self._clock.now()).date()
        return [day for day in found if day.mean is not None and day.day < today]

    def _over(self, known: Sequence[Day]) -> int:
        return sum(day.mean is not None and day.mean > self._limit for day in known)

    def _percent(self, mean: float) -> int:
        return round(mean / self._limit * 100)

    def _since(self, first: datetime) -> str:
        return self._say("since", first=polish_moment(first))

    def _when(self, asked: Entity, period: Period) -> str:
        """Return the name of a time with its days, and with its hours when it is no whole day."""
        first, last = polish_date(period.first), polish_date(period.last)
        if not period.whole_days:
            full_hour = period.until.replace(minute=0)
            first, last = f"{first}, {polish_hour(period.since)}", polish_hour(full_hour)
            last = last if period.is_one_day else f"{polish_date(period.last)}, {last}"
        days = first if period.is_one_day and period.whole_days else self._say("from_to", first=first, last=last)
        return self._say("when", name=sentence_start(asked.value), days=days)


def _at(extreme: Extreme, period: Period) -> str:
    return polish_hour(extreme.at) if period.is_one_day else polish_moment(extreme.at)
