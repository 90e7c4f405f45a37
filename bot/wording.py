"""Questions the assistant asks back; the sentences themselves stand in the city pack."""

from bot.ladder import Step
from content.answer import Answer, Button
from content.intents import all_intents
from content.question import Entity, to_payload
from content.texts import Texts

_ABOUT_A_PLACE = ("air_quality_now", "charger_find")
# What a bare word may be about, by the kind of entity it is.
_ABOUT = {
    "district": _ABOUT_A_PLACE,
    "street": _ABOUT_A_PLACE,
    "pollutant": ("air_quality_now", "air_explain"),
    "group": ("air_health_advice",),
    "program": ("subsidy_overview", "subsidy_amount", "subsidy_apply"),
    "heat_source": ("subsidy_heat_source", "heating_rules"),
    "building": ("subsidy_eligibility",),
    "connector": ("charger_find", "charger_howto"),
    "power_kw": ("charger_find",),
    "operator": ("charger_find", "charger_price"),
    "period": ("air_quality_forecast", "event_list"),
}
_SOMETHING_ELSE = Button("Coś innego", "out_of_scope")


def offer_answer(texts: Texts, step: Step, entities: tuple[Entity, ...]) -> Answer:
    """Return "czy chodziło o…" with a button for each offered intent."""
    buttons = tuple(_button(intent, entities) for intent in step.alternatives)
    return Answer(texts["out_of_scope"].more[step.decision], buttons=(*buttons, _SOMETHING_ELSE))


def clarify_answer(texts: Texts, entities: tuple[Entity, ...]) -> Answer:
    """Return a question back to a message that only completes a question which was never asked."""
    wording = texts["inform"]
    if not entities:
        return wording.answer()
    intents = _ABOUT.get(entities[0].name, _ABOUT_A_PLACE)
    named = wording.say("about", value=entities[0].value)
    return Answer(named, buttons=tuple(_button(intent, entities) for intent in intents))


def _button(intent: str, entities: tuple[Entity, ...]) -> Button:
    ids = {entity.name: entity.id for entity in reversed(entities)}
    return Button(all_intents()[intent].title, to_payload(intent, **ids))
