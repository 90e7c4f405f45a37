"""The residents of the story: they subscribe, ask, rate and leave a message, over the ways that residents have."""

from pathlib import Path
from typing import Any

import httpx2

from docs.pictures.product import Product

# Numbers in a row, so that nobody takes them for somebody's; the demo sends nothing.
_SUBSCRIBERS = tuple(f"6001002{number:02}" for number in range(1, 31))
_QUESTIONS = (
    "jakie jest teraz powietrze?",
    "jakie jest teraz powietrze na Piekarach?",
    "gdzie naładuję auto na Chojnowskiej",
    "gdzie są ładowarki CCS",
    "dotacja na wymianę kopciucha",
    "ile można dostać na wymianę starego pieca",
    "co się dzieje w sobotę",
    "czy mogę dziś biegać na dworze?",
    "jak zapisać się na powiadomienia o smogu",
)
_MISSED = (
    "czy jutro będzie padać śnieg",
    "czy w sobotę będzie padać śnieg",
    "czy będzie dziś padać",
    "ile kosztuje bilet autobusowy",
    "ile kosztuje bilet miesięczny na autobus",
    "kiedy wywożą śmieci wielkogabarytowe",
)
_UNHELPFUL = ("gdzie są ładowarki CCS", "dotacja na wymianę kopciucha")
_LETTERS = (
    ("air", "Od tygodnia sąsiad pali w piecu czymś, co gryzie w oczy. Kto może to sprawdzić?"),
    ("charging", "Ładowarka przy ulicy Chojnowskiej nie działa od niedzieli, ekran jest czarny."),
)


async def live(product: Product, http: httpx2.AsyncClient, folder: Path) -> None:
    """Let the residents subscribe, ask, rate and write."""
    await _subscribe(product, folder)
    for question in (*_QUESTIONS, *_MISSED):
        answer = await _say(http, text=question)
        if question in (_QUESTIONS[0], *_UNHELPFUL):
            await _rate(http, answer, helpful=question not in _UNHELPFUL)
    for topic, letter in _LETTERS:
        await _write(http, topic, letter)


async def _subscribe(product: Product, folder: Path) -> None:
    rows = ["phone;topics;consent_date;consent_source"]
    rows += [f"{phone};smog, komunikaty, wydarzenia;2026-11-03;formularz papierowy" for phone in _SUBSCRIBERS]
    file = folder / "list.csv"
    file.write_text("\n".join(rows), encoding="utf-8")
    await product.command("subscribers", "import", str(file), "--really")


async def _write(http: httpx2.AsyncClient, topic: str, letter: str) -> None:
    """Leave a message for the office, to be answered when its number is given."""
    talk = (await _say(http, button=f"human_handoff?topic={topic}"))["conversation"]
    asked = await _say(http, conversation=talk, text=letter)
    for title in ("Bez kontaktu", "Wyślij"):
        buttons = {each["title"]: each["payload"] for each in asked["answers"][-1]["buttons"]}
        asked = await _say(http, conversation=talk, button=buttons[title])


async def _rate(http: httpx2.AsyncClient, answer: dict[str, Any], *, helpful: bool) -> None:
    rating = {
        "conversation": answer["conversation"],
        "intent": answer["understanding"]["intent"],
        "helpful": helpful,
        "reason": None if helpful else "unclear",
    }
    (await http.post("/api/v1/feedback", json=rating)).raise_for_status()


async def _say(http: httpx2.AsyncClient, **turn: str) -> dict[str, Any]:
    answer = await http.post("/api/v1/chat", json={"conversation": None, **turn})
    answer.raise_for_status()
    body: dict[str, Any] = answer.json()
    return body
