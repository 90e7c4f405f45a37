"""Answers about charging electric cars, from the city's copy of the register; never a live state, never a price."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from content.answer import SHARE_LOCATION, Answer, Coordinates, Fact, Spot
from content.format import decimal, plural, polish_date
from content.geo import distance_m
from content.places import Kind, Place, PlaceResolver
from content.question import Answerer, Entity, Question
from content.texts import Texts
from content.topics.charging.register import Charger, Operator, Register, Wanted

NEAREST_SHOWN = 5
MAX_DISTANCE_M = 30_000


def answers(register: Register, places: PlaceResolver, texts: Texts) -> dict[str, Answerer]:
    """Return the answers of the topic by intent."""
    topic = ChargingAnswers(register, places, texts)
    return {
        "charger_find": topic.find,
        "charger_availability": topic.availability,
        "charger_price": topic.price,
        "charger_howto": topic.howto,
        "charger_report_fault": topic.report_fault,
    }


class ChargingAnswers:
    """What is said about chargers."""

    def __init__(self, register: Register, places: PlaceResolver, texts: Texts) -> None:
        self._register = register
        self._places = places
        self._texts = texts
        self._say = texts["charger_find"].say

    async def find(self, question: Question) -> Answer:
        """Show chargers: the nearest to a shared position, those at a named street, else all with an address."""
        wanted = Wanted.of(question)
        if question.position:
            return self._near(question.position, wanted)
        named = _named_place(question)
        place = self._places.place(named.id) if named else None
        if place is None or named is None:
            return self._without_place(wanted)
        if self._register.at(place.id):
            return self._at(place, wanted)
        if place.position:
            return self._near(place.position, wanted, place.position_of or place.name)
        if not place.verified:
            return self._without_place(wanted, self._say("unverified_place", place=named.text or place.name))
        key = "district" if place.kind is Kind.DISTRICT else "street"
        return self._without_place(wanted, self._say(key, place=place.name))

    async def availability(self, question: Question) -> Answer:
        """Say that nothing is known live, and whom to ask."""
        return self._ask_operator("charger_availability", question)

    async def price(self, question: Question) -> Answer:
        """Say that no price is known, and whom to ask."""
        return self._ask_operator("charger_price", question)

    async def report_fault(self, question: Question) -> Answer:
        """Give the operator's number as registered; without a known operator the numbers of all."""
        operators = self._operators(question) or self._all_operators()
        answer = self._ask_operator("charger_report_fault", question)
        return replace(answer, facts=self._phones(operators), sources=(self._register.source,))

    async def howto(self, _question: Question) -> Answer:
        """Say how the chargers are started and paid for, as registered."""
        chargers = self._register.chargers
        wording = self._texts["charger_howto"]
        line = wording.say(
            "registered",
            as_of=polish_date(self._register.as_of),
            count=len(chargers),
            app=sum(charger.takes_app for charger in chargers),
            rfid=sum(charger.takes_rfid for charger in chargers),
            card=sum(charger.takes_cards for charger in chargers),
        )
        answer = wording.answer()
        return replace(answer, text=f"{line}\n{answer.text}", sources=(self._register.source,))

    def _near(self, origin: Coordinates, wanted: Wanted, point: str | None = None) -> Answer:
        """Show the nearest chargers to the resident, or to the named point of a place."""
        chargers, lines = self._fitting(wanted)
        ordered = sorted(chargers, key=lambda charger: distance_m(origin, charger.position))
        spots = [self._spot(charger, distance_m(origin, charger.position)) for charger in ordered[:NEAREST_SHOWN]]
        nearest = spots[0]
        if (nearest.distance_m or 0) > MAX_DISTANCE_M:
            return self._answer([self._say("too_far")], (), located=True)
        where = ", ".join(filter(None, (nearest.name, nearest.address)))
        first = [
            self._say("nearest", charger=where, distance=_distance(nearest.distance_m or 0)),
            self._say("from_point", point=point) if point else self._say("from_you"),
        ]
        fits = wanted.fits(chargers[0])
        return self._answer([*first, *lines] if fits else [*lines, *first], spots, located=point is None)

    def _at(self, place: Place, wanted: Wanted) -> Answer:
        """Show the chargers registered at a street; when none fits the wish, the nearest to them that do."""
        registered = self._register.at(place.id)
        fitting = [charger for charger in registered if wanted.fits(charger)]
        if fitting:
            wish = self._wish(wanted, prefix=" – ")
            line = self._say("at", place=place.name, chargers=_count(len(fitting)), wanted=wish)
            return self._answer([line], [self._spot(charger) for charger in fitting])
        chargers, lines = self._fitting(wanted)
        if wanted.fits(chargers[0]):
            lines = [self._say("not_at", place=place.name, wanted=self._wish(wanted)), *lines]
        origin = registered[0].position
        ordered = sorted(chargers, key=lambda charger: distance_m(origin, charger.position))
        return self._answer(lines, [self._spot(charger) for charger in ordered[:NEAREST_SHOWN]])

    def _without_place(self, wanted: Wanted, first: str | None = None) -> Answer:
        """Show the chargers that have an address, the most powerful first."""
        chargers, lines = self._fitting(wanted)
        shown = [charger for charger in chargers if charger.address]
        lines = [*([first] if first else []), *lines]
        if wanted == Wanted():
            lines.append(self._say("all", count=len(chargers), shown=len(shown)))
            lines.append(self._say("only_position", count=len(chargers) - len(shown)))
        elif wanted.fits(chargers[0]):
            lines.insert(0, self._say("matching", chargers=_count(len(shown)), wanted=self._wish(wanted)))
        lines.append(self._say("share"))
        return self._answer(lines, [self._spot(charger) for charger in shown])

    def _fitting(self, wanted: Wanted) -> tuple[tuple[Charger, ...], list[str]]:
        """Return chargers that fit, or those that fit a weaker wish with a line that says so."""
        fitting = self._register.fitting(wanted)
        if wanted == Wanted():
            return fitting, []
        unknown = sum(not charger.connectors for charger in self._register.chargers)
        skipped = [self._say("not_judged", count=unknown)] if unknown else []
        if fitting:
            return fitting, skipped
        weaker = next(wish for wish in wanted.relaxed() if self._register.fitting(wish))
        key = "nothing" if weaker == Wanted() else "nothing_but"
        line = self._say(key, wanted=self._wish(wanted), instead=self._wish(weaker))
        known = tuple(charger for charger in self._register.fitting(weaker) if charger.connectors)
        return known, [line, *skipped]

    def _answer(self, lines: Iterable[str], spots: Sequence[Spot], *, located: bool = False) -> Answer:
        wording = self._texts["charger_find"]
        text = "\n".join([*lines, wording.say("not_live", as_of=polish_date(self._register.as_of))])
        buttons = tuple(
            button for button in wording.answer().buttons if not (located and button.payload == SHARE_LOCATION)
        )
        return Answer(text, buttons=buttons, places=tuple(spots), sources=(self._register.source,))

    def _ask_operator(self, intent: str, question: Question) -> Answer:
        """Return the intent's text with the registered operators of the named place or company."""
        wording = self._texts[intent]
        operators = self._operators(question)
        if not operators:
            return wording.answer()
        names = ", ".join(operator.name for operator in operators)
        answer = wording.answer()
        return replace(
            answer,
            text=f"{answer.text}\n{wording.say('operator', operators=names)}",
            facts=self._phones(operators),
            sources=(self._register.source,),
        )

    def _operators(self, question: Question) -> tuple[Operator, ...]:
        """Return the operators, known to have a charger here, that the question is about."""
        company, place = question.entity("operator"), _named_place(question)
        if company:
            return tuple(operator for operator in self._all_operators() if operator.id == company.id)
        return self._known_operators(self._register.at(place.id)) if place else ()

    def _all_operators(self) -> tuple[Operator, ...]:
        return self._known_operators(self._register.chargers)

    def _known_operators(self, chargers: Iterable[Charger]) -> tuple[Operator, ...]:
        known = {operator.id: operator for charger in chargers if (operator := self._register.operator_of(charger))}
        return tuple(sorted(known.values(), key=lambda operator: operator.name.casefold()))

    def _phones(self, operators: Iterable[Operator]) -> tuple[Fact, ...]:
        note = self._texts["charger_report_fault"].say("phone_note", as_of=polish_date(self._register.as_of))
        return tuple(Fact(operator.name, f"tel. {operator.phone}", note) for operator in operators)

    def _spot(self, charger: Charger, distance: int | None = None) -> Spot:
        operator = self._register.operator_of(charger)
        name = operator.name if operator else self._say("unknown_operator")
        details = charger.plugs() or (self._say("unknown_plugs"),)
        return Spot(name, charger.address, details, charger.position, distance)

    def _wish(self, wanted: Wanted, prefix: str = "") -> str:
        operator = self._register.operators.get(wanted.operator or "")
        parts = [
            *([self._say("wish_connector", connector=wanted.connector.label)] if wanted.connector else []),
            *([self._say("wish_power", power=wanted.power_kw)] if wanted.power_kw else []),
            *([self._say("wish_operator", operator=operator.name)] if operator else []),
        ]
        return prefix + ", ".join(parts) if parts else ""


def _named_place(question: Question) -> Entity | None:
    return question.entity("street") or question.entity("district")


def _count(number: int) -> str:
    return f"{number} {plural(number, 'ładowarka', 'ładowarki', 'ładowarek')}"


def _distance(metres: int) -> str:
    """Return „850 m” or „1,2 km”."""
    return f"{round(metres, -1)} m" if metres < 995 else f"{decimal(metres / 1000)} km"
