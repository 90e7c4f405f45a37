"""Answers about charging electric cars: from the register, with live states and prices only while they hold."""

from dataclasses import replace

from babel.numbers import format_decimal

from content.answer import Answer, Fact
from content.format import polish_date
from content.geo import distance_m
from content.places import PlaceResolver
from content.question import Answerer, Question
from content.texts import Texts, Wording
from content.topics.charging.describe import Describer, named_place
from content.topics.charging.find import MOST_SHOWN, NEAREST_SHOWN, Finding
from content.topics.charging.known import Chargers, Known
from content.topics.charging.register import Charger, Operator, Register
from content.topics.charging.wanted import Wanted
from core.clock import warsaw


def answers(chargers: Chargers, places: PlaceResolver, texts: Texts) -> dict[str, Answerer]:
    """Return the answers of the topic by intent; benefits of electric cars have their own."""
    topic = ChargingAnswers(chargers, places, texts)
    return {
        "charger_find": topic.find,
        "charger_availability": topic.availability,
        "charger_price": topic.price,
        "charger_howto": topic.howto,
        "charger_report_fault": topic.report_fault,
    }


class ChargingAnswers:
    """What is said about chargers."""

    def __init__(self, chargers: Chargers, places: PlaceResolver, texts: Texts) -> None:
        self._chargers = chargers
        self._places = places
        self._texts = texts

    async def find(self, question: Question) -> Answer:
        """Show where a car can be charged."""
        known = await self._chargers.current()
        return Finding(known, self._places, self._texts, Wanted.of(question)).answer(question)

    async def availability(self, question: Question) -> Answer:
        """Say which of the asked chargers have a free point; without live states say so, and whom to ask."""
        known = await self._chargers.current()
        asked = self._asked(known.register, question)
        states = known.states(asked)
        if not states:
            return self._ask_operator("charger_availability", known, question)
        wording, describe = self._texts["charger_availability"], Describer(known, self._texts)
        with_free = sum(state.free > 0 for _, state in states)
        without = len(asked) - len(states)
        lines = [
            wording.say("live", free=with_free, count=len(states)),
            *([wording.say("without", count=without)] if without else []),
            wording.say("caveat"),
        ]
        # The order within both groups stays: the nearest, else the strongest first.
        shown = [charger for charger, state in sorted(states, key=lambda pair: pair[1].free == 0)][:MOST_SHOWN]
        spots = tuple(describe.spot(charger, _from(question, charger)) for charger in shown)
        return replace(wording.answer(), text="\n".join(lines), places=spots, sources=(known.register.source,))

    async def price(self, question: Question) -> Answer:
        """Give the prices that operators registered, each with its date; without any say so, and whom to ask."""
        known = await self._chargers.current()
        wording = self._texts["charger_price"]
        facts = tuple(self._prices(known, self._asked(known.register, question), wording))
        if not facts:
            return self._ask_operator("charger_price", known, question)
        text = f"{wording.say('known')}\n{wording.say('check')}"
        return replace(wording.answer(), text=text, facts=facts[:MOST_SHOWN], sources=(known.register.source,))

    async def report_fault(self, question: Question) -> Answer:
        """Give the operator's number as registered; without a known operator the numbers of all."""
        known = await self._chargers.current()
        register = known.register
        answer = self._ask_operator("charger_report_fault", known, question)
        operators = self._operators(register, question) or register.known_operators()
        facts = Describer(known, self._texts).contacts(operators)
        return replace(answer, facts=facts, sources=(register.source,))

    async def howto(self, question: Question) -> Answer:
        """Say how to charge: what a named plug is, how named chargers are started and paid for, then the steps."""
        known = await self._chargers.current()
        wording = self._texts["charger_howto"]
        lines = [*self._plug(known.register, question, wording), *self._ways(known, question, wording)]
        answer = wording.answer()
        text = "\n".join([*lines, answer.text, *([] if lines else [self._registered(known.register, wording)])])
        return replace(answer, text=text, sources=(known.register.source,))

    def _asked(self, register: Register, question: Question) -> tuple[Charger, ...]:
        """Return the chargers that a question is about: near, at a place, of an operator, with a plug; else all."""
        fitting = Wanted.of(question).among(register.strongest_first())
        named = named_place(question)
        place = self._places.place(named.id) if named else None
        if place and (there := register.at(place.id)):
            return tuple(charger for charger in fitting if charger in there)
        origin = question.position or (place.position if place else None)
        if origin is None:
            return fitting
        return tuple(sorted(fitting, key=lambda charger: distance_m(origin, charger.position))[:NEAREST_SHOWN])

    def _prices(self, known: Known, chargers: tuple[Charger, ...], wording: Wording) -> list[Fact]:
        describe = Describer(known, self._texts)
        return [
            Fact(
                describe.name(charger),
                wording.say(f"price_{price.unit}", amount=format_decimal(price.amount, "0.00", locale="pl")),
                wording.say("as_of", day=polish_date(warsaw(price.at).date())),
            )
            for charger in chargers
            for price in known.prices(charger)
        ]

    def _ask_operator(self, intent: str, known: Known, question: Question) -> Answer:
        """Return the intent's text with the registered operators of the named place or company."""
        wording, register = self._texts[intent], known.register
        operators = self._operators(register, question)
        answer = wording.answer()
        if not operators:
            return answer
        names = ", ".join(operator.name for operator in operators)
        return replace(
            answer,
            text=f"{answer.text}\n{wording.say('operator', operators=names)}",
            facts=Describer(known, self._texts).contacts(operators, pages=intent == "charger_price"),
            sources=(register.source,),
        )

    def _operators(self, register: Register, question: Question) -> tuple[Operator, ...]:
        """Return the operators, known to have a charger here, that the question is about."""
        company, place = question.entity("operator"), named_place(question)
        if company:
            return tuple(operator for operator in register.known_operators() if operator.id == company.id)
        return register.operators_of(register.at(place.id)) if place else ()

    def _plug(self, register: Register, question: Question, wording: Wording) -> list[str]:
        connector = Wanted.of(question).connector
        if connector is None:
            return []
        fitting = Wanted(connector=connector).among(register.chargers)
        return [wording.say(f"connector_{connector}"), wording.say("connector_count", count=len(fitting))]

    def _ways(self, known: Known, question: Question, wording: Wording) -> list[str]:
        """Return how the chargers of a named place or company are started and paid for."""
        company, place = question.entity("operator"), named_place(question)
        if company is None and (place is None or not known.register.at(place.id)):
            return []
        describe = Describer(known, self._texts)
        return [
            wording.say(
                "charger",
                charger=describe.name(charger),
                start=_ways_of(wording, "start", charger.authentication),
                payment=_ways_of(wording, "pay", charger.payment),
            )
            for charger in self._asked(known.register, question)[:MOST_SHOWN]
            if charger.address
        ]

    def _registered(self, register: Register, wording: Wording) -> str:
        chargers = register.chargers
        return wording.say(
            "registered",
            as_of=polish_date(register.as_of),
            count=len(chargers),
            app=sum(charger.takes_app for charger in chargers),
            rfid=sum(charger.takes_rfid for charger in chargers),
            card=sum(charger.takes_cards for charger in chargers),
        )


def _ways_of(wording: Wording, kind: str, codes: frozenset[int]) -> str:
    """Return the ways in words, each once; a code without words is left out."""
    words = dict.fromkeys(wording.more[key] for code in sorted(codes) if (key := f"{kind}_{code}") in wording.more)
    return ", ".join(words) or wording.say("not_registered")


def _from(question: Question, charger: Charger) -> int | None:
    return distance_m(question.position, charger.position) if question.position else None
