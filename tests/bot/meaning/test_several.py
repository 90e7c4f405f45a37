"""Taking a message apart."""

import pytest

from bot.meaning.several import MAX_PARTS, parts


def _texts(text: str) -> list[str]:
    return [part.text for part in parts(text)]


@pytest.mark.parametrize(
    ("text", "halves"),
    [
        (
            "jakie powietrze i gdzie naładuję auto na Piekarach?",
            ["jakie powietrze", "gdzie naładuję auto na Piekarach?"],
        ),
        (
            "ile kosztuje ładowanie oraz do kiedy trwa nabór",
            ["ile kosztuje ładowanie", "do kiedy trwa nabór"],
        ),
        ("czy jest smog, a także kiedy konferencja", ["czy jest smog", "kiedy konferencja"]),
        ("pokaż ładowarki a przy okazji czy jest smog", ["pokaż ładowarki", "czy jest smog"]),
        ("Jaki jest smog? Gdzie są ładowarki?", ["Jaki jest smog?", "Gdzie są ładowarki?"]),
    ],
)
def test_two_questions_are_two_parts(text: str, halves: list[str]) -> None:
    assert _texts(text) == halves


@pytest.mark.parametrize(
    "text",
    [
        "dotacja na okna i drzwi",
        "gdzie i jak złożyć wniosek",
        "mam psa i kota",
        "jaka ładowarka jest przy ul. Chojnowskiej",
        "ładowarka przy pl. Słowiańskim",
        "jakie powietrze",
        "",
    ],
)
def test_one_question_stays_whole(text: str) -> None:
    assert _texts(text) == []


def test_of_a_long_story_the_questions_and_its_end_are_kept() -> None:
    story = "Dzień dobry. Mieszkam w bloku. Mam stary piec. Ile dostanę na nowy? Proszę o odpowiedź. Jan"
    found = _texts(story)
    assert len(found) == MAX_PARTS
    assert "Ile dostanę na nowy?" in found
    assert "Dzień dobry." not in found
