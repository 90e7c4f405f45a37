"""Questions about the air, asked of the topic."""

from collections.abc import Callable

from content.answer import Answer
from content.question import Answerer, Entity, Question
from content.topics.air.service import AirService

Topic = Callable[[AirService], dict[str, Answerer]]


class Ask:
    """Asks an intent about entities."""

    def __init__(self, answerers: dict[str, Answerer]) -> None:
        self._answerers = answerers

    async def __call__(self, intent: str = "air_quality_now", *entities: Entity) -> Answer:
        return await self._answerers[intent](Question(intent, entities))
