"""Where a car can be charged: the nearest chargers, those of a street, or all, with the wanted plug and power."""

from collections.abc import Iterable, Sequence

from content.answer import SHARE_LOCATION, Answer, Coordinates, Spot
from content.format import polish_date, sentence_start
from content.geo import distance_m
from content.places import Kind, Place, PlaceResolver
from content.question import Entity, Question
from content.texts import Texts
from content.topics.charging.describe import Describer, count, distance, named_place
from content.topics.charging.known import Known
from content.topics.charging.register import Charger
from content.topics.charging.wanted import Wanted

NEAREST_SHOWN = 5
MOST_SHOWN = 8
MAX_DISTANCE_M = 30_000


class Finding:
    """Answers one question about where to charge, from what is known at that moment."""

    def __init__(self, known: Known, places: PlaceResolver, texts: Texts, wanted: Wanted) -> None:
        self._known = known
        self._places = places
        self._wording = texts["charger_find"]
        self._say = self._wording.say
        self._describe = Describer(known, texts)
        self._wanted = wanted
        # What some charger offers: the wishes, else the nearest to them.
        self._met = next(wish for wish in (wanted, *wanted.relaxed()) if wish.among(known.register.chargers))

    def answer(self, question: Question) -> Answer:
        """Show chargers: the nearest to a shared position, those at a named street, else all with an address."""
        if question.position:
            return self._near(question.position)
        named = named_place(question)
        place = self._places.place(named.id) if named else None
        if place and named:
            return self._by_place(place, named)
        elsewhere = question.entity("elsewhere")
        return self._elsewhere(elsewhere.value) if elsewhere else self._without_place()

    def _by_place(self, place: Place, named: Entity) -> Answer:
        if self._known.register.at(place.id):
            return self._at(place)
        if place.position:
            return self._near(place.position, place.position_of or place.name)
        if not place.is_confirmed:
            return self._without_place(self._say("unverified_place", place=named.text or place.name))
        key = "district" if place.kind is Kind.DISTRICT else "street"
        return self._without_place(self._say(key, place=sentence_start(place.name)))

    def _elsewhere(self, town: str) -> Answer:
        text = self._say("elsewhere", town=town)
        return Answer(text, buttons=self._wording.answer().buttons, sources=(self._known.register.source,))

    def _near(self, origin: Coordinates, point: str | None = None) -> Answer:
        """Show the nearest chargers to the resident, or to the named point of a place."""
        chargers, lines = self._fitting()
        spots = self._nearest(chargers, origin)
        nearest = spots[0]
        if (nearest.distance_m or 0) > MAX_DISTANCE_M:
            return self._answer([self._say("too_far")], (), located=True)
        where = ", ".join(filter(None, (nearest.name, nearest.address)))
        first = [
            self._say("nearest", charger=where, distance=distance(nearest.distance_m or 0)),
            self._say("from_point", point=point) if point else self._say("from_you"),
        ]
        lines = [*first, *lines] if self._is_met else [*lines, *first]
        return self._answer(lines, spots, located=point is None)

    def _at(self, place: Place) -> Answer:
        """Show the chargers registered at a street; when none fits the wish, the nearest to them that do."""
        registered = self._known.register.at(place.id)
        wish = self._describe.wish(self._wanted)
        if fitting := self._wanted.among(registered):
            wanted = f" – {wish}" if wish else ""
            line = self._say("at", place=sentence_start(place.name), chargers=count(len(fitting)), wanted=wanted)
            return self._answer([line], [self._describe.spot(charger) for charger in fitting[:MOST_SHOWN]])
        chargers, lines = self._fitting()
        if self._is_met:
            lines = [self._say("not_at", place=sentence_start(place.name), wanted=wish), *lines]
        # Distances are from a charger of that street, which the resident did not name: they only order the list.
        ordered = sorted(chargers, key=lambda charger: distance_m(registered[0].position, charger.position))
        return self._answer(lines, [self._describe.spot(charger) for charger in ordered[:NEAREST_SHOWN]])

    def _without_place(self, first: str | None = None) -> Answer:
        """Show the chargers that have an address, the most powerful first."""
        chargers, notes = self._fitting()
        addressed = [charger for charger in chargers if charger.address] or list(chargers)
        shown = addressed[:MOST_SHOWN]
        lines = [first] if first else []
        if self._wanted == Wanted():
            lines += self._all(len(chargers), sum(charger.address is not None for charger in chargers))
        elif self._is_met:
            wish = self._describe.wish(self._wanted)
            lines.append(self._say("matching", chargers=count(len(addressed)), wanted=wish))
        lines += notes
        if len(shown) < len(addressed):
            lines.append(self._say("shown", shown=len(shown)))
        lines.append(self._say("share"))
        return self._answer(lines, [self._describe.spot(charger) for charger in shown])

    def _all(self, total: int, addressed: int) -> list[str]:
        line = self._say("all", count=total, addressed=addressed)
        return [line, *([self._say("only_position", count=total - addressed)] if addressed < total else [])]

    def _fitting(self) -> tuple[tuple[Charger, ...], list[str]]:
        """Return chargers that fit, or those that fit a weaker wish with a line that says so."""
        chargers = self._known.register.chargers
        fitting = self._met.among(chargers)
        if self._wanted == Wanted():
            return fitting, []
        unknown = sum(not charger.connectors for charger in chargers)
        skipped = [self._say("not_judged", count=unknown)] if unknown else []
        if self._is_met:
            return fitting, skipped
        key = "nothing" if self._met == Wanted() else "nothing_but"
        line = self._say(key, wanted=self._describe.wish(self._wanted), instead=self._describe.wish(self._met))
        known = tuple(charger for charger in fitting if charger.connectors)
        return known or fitting, [line, *skipped]

    @property
    def _is_met(self) -> bool:
        return self._met == self._wanted

    def _nearest(self, chargers: Iterable[Charger], origin: Coordinates) -> list[Spot]:
        ordered = sorted(chargers, key=lambda charger: distance_m(origin, charger.position))[:NEAREST_SHOWN]
        return [self._describe.spot(charger, distance_m(origin, charger.position)) for charger in ordered]

    def _answer(self, lines: Iterable[str], spots: Sequence[Spot], *, located: bool = False) -> Answer:
        shown = {spot.position for spot in spots}
        live = self._known.states(charger for charger in self._known.register.chargers if charger.position in shown)
        as_of = polish_date(self._known.register.as_of)
        last = self._say("live") if live else self._say("not_live", as_of=as_of)
        buttons = tuple(
            button for button in self._wording.answer().buttons if not (located and button.payload == SHARE_LOCATION)
        )
        source = self._known.register.source
        text, unmet = "\n".join([*lines, last]), self._wanted.given_up_in(self._met)
        return Answer(text, buttons=buttons, places=tuple(spots), sources=(source,), unmet=unmet)
