"""Asking back, two questions at once, rudeness, nonsense and other languages, as a resident meets them."""

import pytest

from tests.bot.talking import Talk, payloads, titles
from tests.fakes import FakeParser


async def test_a_no_is_followed_by_the_next_best(talk: Talk, parser: FakeParser) -> None:
    parser.learn(
        "coś o opłatach", ("charger_price", 0.4), ("subsidy_amount", 0.1), ("inform", 0.09), ("event_register", 0.08)
    )
    asked = await talk.say("coś o opłatach")
    assert (asked.step.decision, asked.step.alternatives) == ("confirm", ("charger_price",))
    again = await talk.say("nie")
    assert again.step.decision == "choose"
    assert payloads(again)[:2] == ["subsidy_amount", "event_register"]
    assert again.answers[0].text.startswith("W takim razie")
    last = await talk.say("nie")
    assert "innymi słowami" in last.answers[0].text


async def test_an_objection_to_an_answer_brings_the_next_best(talk: Talk, parser: FakeParser) -> None:
    parser.learn("ile płacę", ("charger_price", 0.8), ("subsidy_amount", 0.2), ("greet", 0.1))
    await talk.say("ile płacę")
    offered = await talk.say("nie o to mi chodzi")
    assert (offered.step.decision, offered.step.alternatives) == ("confirm", ("subsidy_amount",))
    assert (await talk.served("tak"))[0] == "subsidy_amount"
    # A plain no after an answer refuses nothing.
    await talk.say("ile płacę")
    parser.learn("nie", ("deny", 0.9))
    assert (await talk.served("nie"))[0] == "deny"


async def test_a_yes_to_several_offers_asks_which(talk: Talk) -> None:
    await talk.say("ile za to")
    which = await talk.say("tak")
    assert which.step.decision == "clarify"
    assert payloads(which) == ["subsidy_amount", "charger_price", "out_of_scope"]
    assert (await talk.served("to drugie"))[0] == "charger_price"


async def test_the_second_question_waits_on_a_button(talk: Talk, parser: FakeParser) -> None:
    parser.learn("jakie powietrze", ("air_quality_now", 0.7))
    parser.learn("gdzie naładuję auto na {place}?", ("charger_find", 0.8))
    parser.learn("jakie powietrze i gdzie naładuję auto na {place}?", ("charger_find", 0.5), ("air_quality_now", 0.4))
    first = await talk.say("jakie powietrze i gdzie naładuję auto na Piekarach?")
    assert first.step.intent == "air_quality_now"
    # The place was said once and holds for both.
    assert [entity.id for entity in first.entities] == ["piekary"]
    assert titles(first)[0] == "Drugie pytanie: Gdzie naładować samochód"
    assert payloads(first)[0] == "charger_find?district=piekary"
    assert await talk.served("a drugie?") == ("charger_find", {"piekary"})


async def test_a_courtesy_is_no_question_beside_the_question(talk: Talk, parser: FakeParser) -> None:
    asked = "Proszę pana, czy da się tak ustawić ostrzeżenia, żeby w nocy mnie nie budziły?"
    parser.learn("Proszę pana", ("human_handoff", 0.7))
    parser.learn("czy da się tak ustawić ostrzeżenia, żeby w nocy mnie nie budziły?", ("alerts_manage", 0.9))
    parser.learn(asked, ("alerts_manage", 0.97), ("human_handoff", 0.001))
    reply = await talk.say(asked)
    assert reply.step.intent == "alerts_manage"
    assert not any(title.startswith("Drugie pytanie") for title in titles(reply))


async def test_one_question_with_an_and_stays_one(talk: Talk, parser: FakeParser) -> None:
    parser.learn("gdzie zgłosić dym i ile może zapłacić sąsiad", ("air_report_burning", 0.8))
    parser.learn("gdzie zgłosić dym", ("air_report_burning", 0.9))
    parser.learn("ile może zapłacić sąsiad", ("subsidy_amount", 0.46))
    reply = await talk.say("gdzie zgłosić dym i ile może zapłacić sąsiad")
    assert reply.step.intent == "air_report_burning"
    assert not any(title.startswith("Drugie") for title in titles(reply))


async def test_a_story_is_answered_by_the_question_in_it(talk: Talk, parser: FakeParser) -> None:
    parser.learn("Ile dostanę na nowy?", ("subsidy_amount", 0.8))
    reply = await talk.say("Dzień dobry. Mieszkam w bloku. Mam stary piec. Ile dostanę na nowy? Pozdrawiam serdecznie")
    assert (reply.step.intent, reply.step.decision) == ("subsidy_amount", "answered")
    assert {entity.id for entity in reply.entities} == {"mieszkanie", "kopciuch"}
    # The whole, and at most three of its parts.
    assert len(parser.heard) <= 4


async def test_what_is_short_and_clear_is_not_taken_apart(talk: Talk, parser: FakeParser) -> None:
    parser.learn("jaki smog i jaki pm10", ("air_quality_now", 0.9))
    parser.learn("jaki smog", ("air_quality_now", 0.9))
    parser.learn("jaki pm10", ("air_explain", 0.9))
    reply = await talk.say("jaki smog i jaki pm10")
    assert reply.step.intent == "air_quality_now"
    assert not any(title.startswith("Drugie") for title in titles(reply))


async def test_rudeness_alone_is_met_calmly(talk: Talk, parser: FakeParser) -> None:
    reply = await talk.say("jesteś głupi")
    assert reply.answers[0].text.startswith("Przykro mi")
    assert parser.heard == []


async def test_a_rude_word_beside_a_question_is_ignored(talk: Talk, parser: FakeParser) -> None:
    parser.learn("gdzie naladuje auto na {place}", ("charger_find", 0.9))
    assert await talk.served("kurwa gdzie naladuje auto na Chojnowskiej") == ("charger_find", {"chojnowska"})


@pytest.mark.parametrize(
    ("text", "beginning"),
    [("asdfgh", "Nie rozumiem"), ("🚗🚗", "Nie potrafię odczytać"), ("?", "Nie potrafię"), ("59-220", "Nie potrafię")],
)
async def test_what_cannot_be_read_gets_a_kind_sentence_and_topics(talk: Talk, text: str, beginning: str) -> None:
    reply = await talk.say(text)
    assert (reply.step.intent, reply.step.decision) == ("out_of_scope", "fallback")
    assert reply.answers[0].text.startswith(beginning)
    assert len(payloads(reply)) >= 3


async def test_signs_answer_an_offer(talk: Talk) -> None:
    await talk.say("ile kosztuje")
    assert (await talk.served("👍"))[0] == "charger_price"
    assert (await talk.served("👎"))[0] == "feedback"


@pytest.mark.parametrize(
    ("text", "said", "title", "payload"),
    [
        ("де зарядити машину", "Я відповідаю польською", "Де зарядити авто", "charger_find"),
        ("какой сегодня воздух", "Я отвечаю по-польски", "Качество воздуха", "air_quality_now"),
        (
            "where can I charge my car on Piekary",
            "I answer in Polish",
            "Where to charge a car",
            "charger_find?district=piekary",
        ),
        (
            "gibt es einen Zuschuss für die Heizung",
            "Ich antworte auf Polnisch",
            "Heizungsförderung",
            "subsidy_overview",
        ),
        ("Доброго дня", "Я відповідаю польською", "Якість повітря", "air_quality_now"),
    ],
)
async def test_another_language_is_answered_in_it(
    talk: Talk, parser: FakeParser, text: str, said: str, title: str, payload: str
) -> None:
    reply = await talk.say(text)
    assert said in reply.answers[0].text
    assert (titles(reply)[0], payloads(reply)[0]) == (title, payload)
    assert parser.heard == []
    assert (await talk.press(payload)).step.decision == "answered"


async def test_a_yes_in_another_language_takes_the_only_offer(talk: Talk) -> None:
    await talk.say("де зарядити машину")
    assert (await talk.served("так"))[0] == "charger_find"


@pytest.mark.parametrize("text", ["пахне газом у під'їзді", "пахнет газом", "I smell gas", "es riecht nach Gas"])
async def test_danger_is_heard_in_every_language(talk: Talk, text: str) -> None:
    reply = await talk.say(text)
    assert reply.step.intent == "emergency"
    assert "112" in reply.answers[0].text.splitlines()[0]
    assert "992" in reply.answers[0].text
    assert reply.answers[0].buttons == ()


async def test_without_the_model_what_is_not_understood_is_said_so(talk: Talk, parser: FakeParser) -> None:
    parser.is_down = True
    assert "Przyciski działają" in (await talk.say("co słychać u państwa")).answers[0].text


async def test_another_town_is_declined_by_name(talk: Talk, parser: FakeParser) -> None:
    parser.learn("jakie powietrze w Lubinie", ("air_quality_now", 0.9))
    parser.learn("a w Lubinie?", ("inform", 0.9))
    for text in ("jakie powietrze w Lubinie", "a w Lubinie?"):
        reply = await talk.say(text)
        assert (reply.step.intent, reply.step.decision) == ("out_of_scope", "fallback")
        assert "(Lubin)" in reply.answers[0].text
    parser.learn("mieszkam w Lubinie, ile dostanę dotacji", ("subsidy_amount", 0.9))
    assert (await talk.served("mieszkam w Lubinie, ile dostanę dotacji"))[0] == "subsidy_amount"


async def test_an_unsure_question_is_taken_for_one_of_the_topic_that_is_being_talked_of(
    talk: Talk, parser: FakeParser
) -> None:
    parser.learn("a wolna jest", ("charger_availability", 0.5), ("event_register", 0.1))
    assert (await talk.say("a wolna jest")).step.decision == "confirm"
    await talk.say("gdzie ladowarka ccs")
    asked = await talk.say("a wolna jest")
    assert (asked.step.intent, asked.step.decision) == ("charger_availability", "answered")
    assert {entity.id for entity in asked.entities} == {"ccs"}


async def test_a_foreign_question_about_another_town_is_told_whose_data_there_are(
    talk: Talk, parser: FakeParser
) -> None:
    parser.learn("ładowarki w Lubinie", ("out_of_scope", 0.9), ("charger_find", 0.05))
    declined = await talk.say("ładowarki w Lubinie")
    assert declined.step.decision == "fallback"
    assert "innej miejscowości (Lubin)" in declined.answers[0].text


async def test_a_detail_after_a_did_you_mean_belongs_to_what_was_offered_first(talk: Talk, parser: FakeParser) -> None:
    parser.learn("ile za to", ("subsidy_amount", 0.5), ("charger_price", 0.3))
    parser.learn("w domu jednorodzinnym", ("inform", 0.9))
    await talk.say("ile za to")
    answered = await talk.say("w domu jednorodzinnym")
    assert answered.step.intent == "subsidy_amount"
    assert {entity.id for entity in answered.entities} == {"dom_jednorodzinny"}
