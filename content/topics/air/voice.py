"""The sentences and values that the answers about the air share; the words stand in the city pack."""

from datetime import datetime

from content.answer import Fact, Source
from content.format import decimal, polish_hour, polish_moment, sentence_start
from content.geo import distance_m
from content.pack import City
from content.places import PlaceResolver
from content.question import Question
from content.sources.gios import Pollutant
from content.texts import Texts
from content.topics.air.hours import Summary, Trend
from content.topics.air.norms import PM10_DAY, load_norms
from content.topics.air.notices import Notice
from content.topics.air.picture import Picture
from content.topics.air.snapshot import STALE_AFTER, Reading, Snapshot
from core.clock import Clock, warsaw

GIOS_URL = "https://powietrze.gios.gov.pl"

_O3_INFORMATION = "o3_information"
# A place this near is the station's own.
_HERE_METRES = 100


class AirVoice:
    """Puts what is known into words."""

    def __init__(self, texts: Texts, city: City, clock: Clock, places: PlaceResolver) -> None:
        self.say = texts["air_quality_now"].say
        self.city = city
        self._clock = clock
        self._places = places
        self._norms = load_norms()

    def before(self, picture: Picture) -> list[str]:
        """Return what must be said first: official notices, samples, old data."""
        return [*self.notices(picture.notices), *self.warnings(picture.snapshot)]

    def notices(self, notices: tuple[Notice, ...]) -> list[str]:
        """Return the official notices, and what GIOŚ advises in them."""
        advised = dict.fromkeys(notice.precautions for notice in notices if notice.precautions)
        said = [self.say("notice_precautions", text=text) for text in advised]
        return [*map(self._notice, notices), *said]

    def warnings(self, snapshot: Snapshot) -> list[str]:
        """Return that data are no measurement, or that they are old."""
        lines = [self.say("sample")] if snapshot.sample else []
        if snapshot.measured_at and self.is_stale(snapshot.measured_at):
            hours = int((self._clock.now() - snapshot.measured_at).total_seconds() // 3600)
            lines.append(self.say("stale", moment=self.when(snapshot.measured_at), hours=hours))
        return lines

    def headline(self, snapshot: Snapshot) -> list[str]:
        """Return the official level, what decides it, and hour and station."""
        lines = [self.say("no_index")]
        if snapshot.level is not None:
            lines = [self.say("index", city=self.city, level=self.say(f"level_{snapshot.level}").lower())]
            # Below that nothing stands out, and naming a culprit would only worry.
            if snapshot.level >= 2 and snapshot.critical:
                lines.append(self.say(f"critical_{snapshot.critical}"))
        moment = polish_moment(snapshot.measured_at) if snapshot.measured_at else ""
        return [*lines, self.say("measured", moment=moment, station=self.city.air_station.name)]

    def trend(self, pollutant: Pollutant, trend: Trend | None) -> list[str]:
        """Return where the values go, nothing when that is not clear."""
        if trend is None:
            return []
        return [
            self.say(
                trend.direction,
                pollutant=sentence_start(self.say(f"short_{pollutant}")),
                first=decimal(trend.first.value),
                first_hour=polish_hour(trend.first.at),
                last=decimal(trend.last.value),
                last_hour=polish_hour(trend.last.at),
            )
        ]

    def place(self, question: Question) -> list[str]:
        """Return how the station relates to an asked place; a distance only from a place with trusted coordinates."""
        station = self.city.air_station.position
        if question.position:
            return [self.say("position", city=self.city, km=decimal(distance_m(question.position, station) / 1000))]
        asked = question.entity("district") or question.entity("street")
        if asked is None:
            return []
        known = self._places.place(asked.id)
        metres = distance_m(known.position, station) if known and known.position else None
        if metres is not None and metres < _HERE_METRES:
            return [self.say("place_here", place=sentence_start(asked.value))]
        far = f" {self.say('place_distance', km=decimal(metres / 1000))}" if metres is not None else ""
        return [self.say("place", city=self.city, place=sentence_start(asked.value)) + far]

    def facts(self, picture: Picture, asked: str | None = None) -> tuple[Fact, ...]:
        """Return the mean of PM10 and the readings, the asked pollutant first."""
        mean = picture.pm10_mean
        readings = sorted(picture.snapshot.readings, key=lambda reading: reading.pollutant != asked)
        facts = [self.fact(reading, picture) for reading in readings]
        place = 1 if asked and asked != Pollutant.PM10 and facts else 0
        return (*facts[:place], *([self._mean(mean)] if mean else []), *facts[place:])

    def fact(self, reading: Reading, picture: Picture) -> Fact:
        """Return one reading; an hour is set against a norm of a day only with the words that say so."""
        notes = self._of_norm(reading, picture.pm10_mean)
        if reading.level is not None:
            notes.append(self.say("reading_level", level=self.say(f"level_{reading.level}").lower()))
        if reading.measured_at != picture.snapshot.measured_at:
            notes.append(self.say("reading_hour", moment=self.when(reading.measured_at)))
        return Fact(self.say(f"label_{reading.pollutant}"), f"{decimal(reading.value)} µg/m³", ", ".join(notes) or None)

    def about_the_norm(self, picture: Picture) -> list[str]:
        """Return how the mean of PM10 came about, or why an hour is no day."""
        if picture.pm10_mean:
            return [self.say("daily_mean", count=picture.pm10_mean.count)]
        return [self.say("daily_limit")] if picture.snapshot.reading(Pollutant.PM10) else []

    def attribution(self, snapshot: Snapshot) -> str:
        """Return whose data they are; invented values must not be credited to GIOŚ."""
        return self.say("sample_attribution" if snapshot.sample else "attribution")

    def source(self, snapshot: Snapshot) -> Source:
        """Return GIOŚ as the source of a snapshot."""
        return Source("GIOŚ", GIOS_URL, as_of=snapshot.measured_at, sample=snapshot.sample)

    def is_stale(self, moment: datetime) -> bool:
        """Whether data of that moment are shown with a warning."""
        return self._clock.now() - moment > STALE_AFTER

    def when(self, moment: datetime) -> str:
        """Return the hour, with the date when it was not today in Poland."""
        today = warsaw(self._clock.now()).date()
        return f"godz. {polish_hour(moment)}" if warsaw(moment).date() == today else polish_moment(moment)

    def _mean(self, mean: Summary) -> Fact:
        limit = self._norms.norm(PM10_DAY).value
        note = self.say("of_daily_limit", percent=round(mean.mean / limit * 100), limit=decimal(limit))
        return Fact(self.say("label_mean"), f"{decimal(mean.mean)} µg/m³", note)

    def _of_norm(self, reading: Reading, pm10_mean: Summary | None) -> list[str]:
        if reading.pollutant is Pollutant.O3:
            return [self._percent("of_information", reading.value, self._norms.norm(_O3_INFORMATION).value)]
        if reading.pollutant is Pollutant.PM10 and pm10_mean is None:
            return [self._percent("hour_of_daily_limit", reading.value, self._norms.norm(PM10_DAY).value)]
        return []

    def _percent(self, name: str, value: float, limit: float) -> str:
        return self.say(name, percent=round(value / limit * 100), limit=decimal(limit))

    def _notice(self, notice: Notice) -> str:
        of = self.say("notice_of", pollutant=self.say(f"short_{notice.pollutant}")) if notice.pollutant else ""
        highest = self.say("notice_highest", value=decimal(notice.highest)) if notice.highest is not None else ""
        moment = polish_moment(notice.at)
        return self.say(f"notice_{notice.kind}", of=of, moment=moment, highest=highest, norm=notice.norm)
