"""Feeds for programs: announcements and alerts as Atom (RFC 4287), an alert as a CAP 1.2 document."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Protocol
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree as ET

from fastapi import APIRouter, Depends, Request, Response

from api.caching import conditional
from api.dependencies import Services, services
from api.problems import Problem
from api.web import page_texts
from core.clock import WARSAW, warsaw

router = APIRouter()

Used = Annotated[Services, Depends(services)]

_ATOM_TYPE, _CAP_TYPE = "application/atom+xml", "application/cap+xml"
_NAMESPACE = "http://www.w3.org/2005/Atom"
_OPEN = {"Access-Control-Allow-Origin": "*", "Cache-Control": "public, max-age=60"}
_NO_ALERT = "Nie ma ostrzeżenia o tym numerze."


@dataclass(frozen=True)
class Entry:
    """One entry of a feed; `at` is an aware moment, `link` leads to the whole of it."""

    id: str
    title: str
    text: str
    at: datetime
    link: str
    link_type: str = "text/html"


@dataclass(frozen=True)
class SentAlert:
    """An alert that went out: its identifier of CAP, its words, and when it went (UTC)."""

    identifier: str
    title: str
    text: str
    sent_at: datetime


class SentAlerts(Protocol):
    """The alerts that went out."""

    async def latest(self) -> Sequence[SentAlert]:
        """Return the newest alerts, the newest first."""
        ...

    async def cap(self, identifier: str) -> bytes | None:
        """Return an alert as a CAP document, None when there is none of that identifier."""
        ...


@router.get("/feeds/announcements.atom", response_class=Response)
async def announcements(request: Request, used: Used) -> Response:
    """Return the announcements of the city as an Atom feed."""
    told = await used.open_data["announcements"]()
    page = str(request.url_for("announcements_page"))
    entries = [
        Entry(
            each["url"] or f"urn:uuid:{uuid5(NAMESPACE_URL, each['title'] + each['published_at'])}",
            each["title"],
            each["summary"],
            datetime.fromisoformat(each["published_at"]),
            each["url"] or page,
        )
        for each in told["announcements"]
        if each["published_at"]
    ]
    return _feed(request, used, f"Komunikaty: {used.city.name}", entries)


def alerts_router(alerts: SentAlerts) -> APIRouter:
    """Return the feeds of alerts."""
    own = APIRouter()

    @own.get("/feeds/alerts.atom", response_class=Response)
    async def feed(request: Request, used: Used) -> Response:
        """Return the alerts that went out as an Atom feed, each with its CAP document."""
        entries = [
            Entry(
                f"urn:uuid:{uuid5(NAMESPACE_URL, each.identifier)}",
                each.title,
                each.text,
                each.sent_at,
                str(request.url_for("cap", identifier=each.identifier)),
                _CAP_TYPE,
            )
            for each in await alerts.latest()
        ]
        return _feed(request, used, f"Ostrzeżenia: {used.city.name}", entries)

    @own.get("/feeds/alerts/{identifier}.cap", response_class=Response)
    async def cap(identifier: str, request: Request) -> Response:
        """Return an alert as a CAP 1.2 document."""
        document = await alerts.cap(identifier)
        if document is None:
            raise Problem(404, _NO_ALERT)
        return conditional(request, document, _CAP_TYPE, _OPEN)

    return own


def _feed(request: Request, used: Services, title: str, entries: Iterable[Entry]) -> Response:
    shown = list(entries)
    address = str(request.url.replace(query=""))
    feed = ET.Element("feed", {"xmlns": _NAMESPACE, "xml:lang": "pl"})
    _add(feed, "id", address)
    _add(feed, "title", title)
    # A feed without entries is as old as the pages themselves.
    since = datetime.combine(page_texts(used.city).accessibility.published_on, datetime.min.time(), WARSAW)
    _add(feed, "updated", _moment(max((entry.at for entry in shown), default=since)))
    ET.SubElement(feed, "link", {"rel": "self", "type": _ATOM_TYPE, "href": address})
    _add(ET.SubElement(feed, "author"), "name", used.city.office.name)
    for entry in shown:
        _add_entry(feed, entry)
    body = bytes(ET.tostring(feed, encoding="utf-8", xml_declaration=True))
    return conditional(request, body, _ATOM_TYPE, _OPEN)


def _add_entry(feed: ET.Element, entry: Entry) -> None:
    element = ET.SubElement(feed, "entry")
    _add(element, "id", entry.id)
    _add(element, "title", entry.title)
    _add(element, "updated", _moment(entry.at))
    _add(element, "published", _moment(entry.at))
    ET.SubElement(element, "link", {"rel": "alternate", "type": entry.link_type, "href": entry.link})
    _add(element, "content", entry.text or entry.title)


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text


def _moment(moment: datetime) -> str:
    return warsaw(moment).isoformat(timespec="seconds")
