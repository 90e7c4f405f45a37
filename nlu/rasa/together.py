"""Parses several sentences in one go: they pass through the model together, which costs hardly more than one."""

from typing import Any, Callable, Dict, List

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.engine.constants import PLACEHOLDER_MESSAGE, PLACEHOLDER_TRACKER
from rasa.shared.core.trackers import DialogueStateTracker
from sanic.exceptions import InvalidUsage
from sanic.request import Request
from sanic.response import HTTPResponse, json


def several(agent: Agent) -> Callable[[Request], Any]:
    """Return the handler of `{"texts": [...]}`: the rankings of the texts in their order, as /model/parse has them."""

    async def parse(request: Request) -> HTTPResponse:
        texts = request.json.get("texts") if isinstance(request.json, dict) else None
        if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
            raise InvalidUsage("texts must be a list of strings")
        return json(_parsed(agent.processor, texts))

    return parse


def _parsed(processor: MessageProcessor, texts: List[str]) -> List[Dict[str, Any]]:
    # What Rasa itself does for /model/parse, whose graph takes a list but is given one message only.
    target = processor.model_metadata.nlu_target
    inputs = {
        PLACEHOLDER_MESSAGE: [UserMessage(text) for text in texts],
        PLACEHOLDER_TRACKER: DialogueStateTracker.from_events("", []),
    }
    messages = processor.graph_runner.run(inputs=inputs, targets=[target])[target]
    return [{"intent_ranking": message.get("intent_ranking")} for message in messages]
