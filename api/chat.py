"""`POST /api/v1/chat`: one turn of conversation."""

from typing import Annotated, Any, Self

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field, model_validator

from api.dependencies import running_services
from api.limits import count_turn
from bot.assistant import Reply
from bot.meaning.understood import understanding_json
from bot.message import MAX_TEXT, IncomingMessage, clean_text
from content.answer import Answer, Chart, Coordinates, Source, Spot
from content.format import iso

router = APIRouter(prefix="/api/v1")

_CHANNEL = "web"
_EXACTLY = ConfigDict(extra="forbid", strict=True)


class Location(BaseModel):
    """The resident's position, WGS 84 degrees."""

    model_config = _EXACTLY

    lat: Annotated[float, Field(ge=-90, le=90)]
    lon: Annotated[float, Field(ge=-180, le=180)]


class TurnRequest(BaseModel):
    """What the resident sends: exactly one of text, button and location."""

    model_config = _EXACTLY

    conversation: Annotated[str | None, Field(max_length=200)] = None
    text: str | None = None
    button: Annotated[str | None, Field(max_length=500)] = None
    location: Location | None = None

    @model_validator(mode="after")
    def _one_message(self) -> Self:
        if sum(part is not None for part in (self.text, self.button, self.location)) != 1:
            message = "Proszę wysłać jedno: pytanie, przycisk albo lokalizację."
            raise ValueError(message)
        if self.text is not None and not clean_text(self.text):
            message = "Wiadomość jest pusta. Proszę napisać pytanie."
            raise ValueError(message)
        if self.text is not None and len(self.text) > MAX_TEXT:
            message = f"Wiadomość jest za długa (najwyżej {MAX_TEXT} znaków). Proszę ją skrócić."
            raise ValueError(message)
        return self

    def message(self) -> IncomingMessage:
        """Return the message for the assistant."""
        position = Coordinates(self.location.lat, self.location.lon) if self.location else None
        return IncomingMessage(_CHANNEL, self.text, self.button, position)


@router.post("/chat")
async def chat(turn: TurnRequest, request: Request) -> JSONResponse:
    """Answer one message; a new or unknown conversation id starts a fresh conversation."""
    await count_turn(request, turn.conversation)
    assistant = running_services(request).assistant
    # As a response: the framework would take it apart once more to see whether it is JSON.
    return JSONResponse(reply_json(await assistant.reply(turn.message(), turn.conversation)))


def reply_json(reply: Reply) -> dict[str, Any]:
    """Return the contract's JSON of a reply."""
    return {
        "conversation": reply.conversation,
        "answers": [answer_json(answer) for answer in reply.answers],
        "understanding": understanding_json(reply.step, reply.entities),
    }


def answer_json(answer: Answer) -> dict[str, Any]:
    """Return the contract's JSON of an answer."""
    return {
        "text": answer.text,
        "lang": answer.lang,
        "facts": [{"label": fact.label, "value": fact.value, "note": fact.note} for fact in answer.facts],
        "buttons": [{"title": button.title, "payload": button.payload} for button in answer.buttons],
        "places": [_place_json(place) for place in answer.places],
        "chart": _chart_json(answer.chart) if answer.chart else None,
        "sources": [source_json(source) for source in answer.sources],
    }


def source_json(source: Source) -> dict[str, Any]:
    """Return the contract's JSON of a source; moments carry the Polish offset."""
    return {"name": source.name, "url": source.url, "as_of": iso(source.as_of), "sample": source.sample}


def _chart_json(chart: Chart) -> dict[str, Any]:
    """Return a chart as the addresses of its pictures, wide and narrow, and as the table behind them."""
    return {
        "key": chart.key,
        "url": f"/charts/{chart.key}.svg",
        "narrow_url": f"/charts/narrow/{chart.key}.svg",
        "title": chart.title,
        "description": chart.description,
        "unit": chart.unit,
        "source": chart.source,
        "limit": {"label": chart.limit.label, "value": chart.limit.value} if chart.limit else None,
        "rows": [{"at": iso(point.at), "value": point.value} for point in chart.points],
    }


def _place_json(place: Spot) -> dict[str, Any]:
    position = place.position
    return {
        "name": place.name,
        "address": place.address,
        "details": list(place.details),
        "lat": position.lat if position else None,
        "lon": position.lon if position else None,
        "distance_m": place.distance_m,
        "map_url": position.map_url if position else None,
        "geo_uri": position.geo_uri if position else None,
    }
