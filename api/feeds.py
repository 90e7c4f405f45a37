"""Feeds for programs: announcements and alerts as Atom (RFC 4287), an alert as a CAP 1.2 document."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree as ET

from fastapi import APIRouter, Request, Response

from api.caching import OPEN, conditional
from api.dependencies import Services, Used
from api.problems import Problem
from api.web import page_texts
from content.format import iso
from core.clock import WARSAW, warsaw
from notifier.archive import entry as archived
from notifier.archive.service import Archive

_ATOM_TYPE, _CAP_TYPE = "application/atom+xml", "application/cap+xml"
_NAMESPACE = "http://www.w3.org/2005/Atom"
_NO_ALERT = "Nie ma ostrzeżenia o tym numerze."
_NO_LONGER = {archived.Standing.CORRECTED: "Poprawiono", archived.Standing.TAKEN_BACK: "Odwołano"}
_LATEST = 50


@dataclass(frozen=True)
class Entry:
    """One entry of a feed; moments are aware, `link` leads to its page, `document` to it as CAP."""

    id: str
    title: str
    text: str
    at: datetime
    link: str
    document: str = ""
    changed_at: datetime | None = None


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


def announcements_router(archive: Archive, host: str) -> APIRouter:
    """Return the feed of announcements; `host` is whose numbers they are, for identifiers that never change."""
    own = APIRouter()

    @own.get("/feeds/announcements.atom", response_class=Response)
    async def announcements(request: Request, used: Used) -> Response:
        """Return the announcements of the city as an Atom feed, also those that were corrected or taken back."""
        told = await used.open_data["announcements"]()
        sent = [_announced(request, each, host) for each in await archive.latest_announcements(_LATEST)]
        news = [_reported(each) for each in told["announcements"] if _is_reported(each)]
        entries = sorted((*sent, *news), key=lambda entry: entry.changed_at or entry.at, reverse=True)
        return _feed(request, used, f"Komunikaty: {used.city.name}", entries)

    return own


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
                f"{request.base_url}komunikaty/ostrzezenie/{each.identifier}",
                str(request.url_for("cap", identifier=each.identifier)),
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
        return conditional(request, document, _CAP_TYPE, OPEN)

    return own


def _announced(request: Request, sent: archived.Entry, host: str) -> Entry:
    """Return an announcement under its number: one that no longer holds says so before anything else."""
    standing = _NO_LONGER.get(sent.standing, "")
    return Entry(
        f"tag:{host},{warsaw(sent.published_at).date()}:komunikaty/{sent.id}",
        f"{standing}: {sent.title}" if standing else sent.title,
        sent.text,
        sent.published_at,
        f"{request.base_url}komunikaty/{sent.id}",
        changed_at=sent.changed_at,
    )


def _is_reported(told: dict[str, Any]) -> bool:
    """Whether something comes from the city's news, with a page and a time; the rest is in the archive."""
    return bool(told["number"] is None and told["url"] and told["published_at"])


def _reported(news: dict[str, Any]) -> Entry:
    at = datetime.fromisoformat(news["published_at"])
    return Entry(news["url"], news["title"], news["summary"], at, news["url"])


def _feed(request: Request, used: Services, title: str, entries: Sequence[Entry]) -> Response:
    address = str(request.url.replace(query=""))
    feed = ET.Element("feed", {"xmlns": _NAMESPACE, "xml:lang": "pl"})
    _add(feed, "id", address)
    _add(feed, "title", title)
    # A feed without entries is as old as the pages themselves.
    since = datetime.combine(page_texts(used.city).accessibility.published_on, datetime.min.time(), WARSAW)
    _add(feed, "updated", iso(max((entry.changed_at or entry.at for entry in entries), default=since)))
    ET.SubElement(feed, "link", {"rel": "self", "type": _ATOM_TYPE, "href": address})
    _add(ET.SubElement(feed, "author"), "name", used.city.office.name)
    for entry in entries:
        _add_entry(feed, entry)
    body = bytes(ET.tostring(feed, encoding="utf-8", xml_declaration=True))
    return conditional(request, body, _ATOM_TYPE, OPEN)


def _add_entry(feed: ET.Element, entry: Entry) -> None:
    element = ET.SubElement(feed, "entry")
    _add(element, "id", entry.id)
    _add(element, "title", entry.title)
    _add(element, "updated", iso(entry.changed_at or entry.at))
    _add(element, "published", iso(entry.at))
    ET.SubElement(element, "link", {"rel": "alternate", "type": "text/html", "href": entry.link})
    if entry.document:
        ET.SubElement(element, "link", {"rel": "alternate", "type": _CAP_TYPE, "href": entry.document})
    _add(element, "content", entry.text or entry.title)


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text
