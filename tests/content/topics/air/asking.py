"""Questions about the air, asked of the topic; every answer without an official notice fits the screen of a phone."""

from collections.abc import Callable

from content.answer import Answer, Coordinates
from content.question import Answerer, Entity, Question
from content.topics.air.service import AirService
from tests.content.topics.screen import SCREEN

Topic = Callable[[AirService], dict[str, Answerer]]


class Ask:
    """Asks an intent about entities."""

    def __init__(self, answerers: dict[str, Answerer]) -> None:
        self._answerers = answerers

    async def __call__(
        self, intent: str = "air_quality_now", *entities: Entity, position: Coordinates | None = None
    ) -> Answer:
        answer = await self._answerers[intent](Question(intent, entities, position))
        assert len(answer.text) <= SCREEN or "komunikat GIOŚ" in answer.text, answer.text
        return answer
