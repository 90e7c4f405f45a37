"""What the words mean: pollutants, norms with their sources, levels of the index, and where the data come from."""

from dataclasses import replace

from content.answer import Answer, Source
from content.format import decimal, polish_date
from content.pack import City
from content.question import Question
from content.sources.gios import Pollutant
from content.texts import Texts
from content.topics.air.norms import Norm, load_norms
from core.clock import Clock, warsaw

_GIOS = Source("GIOŚ", "https://powietrze.gios.gov.pl")


class AirExplanation:
    """Explains; numbers come from `norms.yml`, words from the city pack."""

    def __init__(self, texts: Texts, city: City, clock: Clock) -> None:
        self._wording = texts["air_explain"]
        self._levels = texts["air_quality_now"].say
        self._rules = texts["heating_rules"]
        self._city = city
        self._clock = clock
        self._norms = load_norms()

    async def answer(self, question: Question) -> Answer:
        """Explain the asked pollutant, else the index and the norm that is spoken of most."""
        asked = question.entity("pollutant")
        pollutant = Pollutant(asked.id) if asked else Pollutant.PM10
        say = self._wording.say
        norms = self._norms.of(pollutant, warsaw(self._clock.now()).date())[: None if asked else 1]
        lines = [
            say(f"what_{pollutant}") if asked else self._wording.text,
            *self._norm_lines(pollutant, norms),
            *(self._band_lines(pollutant) if asked else ()),
            say("station", city=self._city, station=self._city.air_station.name),
        ]
        plain = self._wording.answer()
        sources = (_GIOS, *plain.sources, *(Source(norm.source) for norm in norms))
        return replace(plain, text="\n".join(lines), sources=tuple(dict.fromkeys(sources)))

    async def heating_rules(self, question: Question) -> Answer:
        """Say the rules of the anti-smog resolution, first what concerns the named heat source."""
        asked = question.entity("heat_source")
        about = self._rules.more.get(asked.id) if asked else None
        answer = self._rules.answer()
        return replace(answer, text=f"{about}\n{answer.text}") if about else answer

    def _norm_lines(self, pollutant: Pollutant, norms: tuple[Norm, ...]) -> list[str]:
        name = self._wording.say(f"for_{pollutant}")
        if not norms:
            return [self._wording.say("no_norms", pollutant=name)]
        return [self._wording.say("norms", pollutant=name), *map(self._norm_line, norms)]

    def _norm_line(self, norm: Norm) -> str:
        value, say = decimal(norm.value), self._wording.say
        if norm.valid_from and not norm.is_in_force(warsaw(self._clock.now()).date()):
            return say("coming", day=polish_date(norm.valid_from), value=value)
        return say(f"{norm.kind}_{norm.averaging}", value=value, days=norm.days_allowed)

    def _band_lines(self, pollutant: Pollutant) -> list[str]:
        bounds, valid_from = self._norms.band_bounds(pollutant), self._norms.bands.valid_from
        if not bounds:
            return []
        say = self._wording.say
        names = (self._levels(f"level_{level}").lower() for level in range(len(bounds)))
        levels = [say("band", level=name, upper=decimal(bound)) for name, bound in zip(names, bounds, strict=True)]
        return [
            say(
                "bands",
                pollutant=say(f"for_{pollutant}"),
                month=f"{valid_from:%m.%Y}",
                levels=", ".join(levels),
                last=decimal(bounds[-1]),
            )
        ]
