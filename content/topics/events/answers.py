"""Answers about events and the latest announcements; only what is dated and confirmed is offered."""

from content.answer import Answer, Source
from content.format import polish_date, polish_moment, polish_span
from content.question import Answerer, Question
from content.texts import Texts, Wording
from content.topics.events.agenda import Agenda
from content.topics.events.bulletin import Bulletin
from content.topics.events.event import Event
from content.topics.events.published import Announcement
from core.clock import warsaw

MOST_EVENTS = 5
MOST_ANNOUNCEMENTS = 3


def answers(agenda: Agenda, bulletin: Bulletin, texts: Texts, calendar_url: str = "") -> dict[str, Answerer]:
    """Return the answers of the topic by intent; `{calendar_url}/{event id}.ics` is where calendar files are served."""
    topic = EventAnswers(agenda, bulletin, texts, calendar_url)
    return {
        "event_list": topic.events,
        "event_register": topic.registration,
        "announcement_latest": topic.announcements,
    }


class EventAnswers:
    """What is said about events and announcements."""

    def __init__(self, agenda: Agenda, bulletin: Bulletin, texts: Texts, calendar_url: str) -> None:
        self._agenda = agenda
        self._bulletin = bulletin
        self._texts = texts
        self._calendar_url = calendar_url

    async def events(self, question: Question) -> Answer:
        """List the coming events, those of a named period first of all, with a calendar file."""
        wording = self._texts["event_list"]
        coming, period = await self._agenda.coming(), question.entity("period")
        if not coming:
            return wording.answer()
        then = self._agenda.within(coming, period.id) if period else coming
        shown = (then or coming)[:MOST_EVENTS]
        lines = [
            wording.say("intro" if then else "not_then"),
            *(_described(event, wording) for event in shown),
        ]
        links = [link for event in shown for link in self._links(event, wording)]
        return Answer("\n".join(lines), buttons=wording.answer().buttons, sources=(*links, *_sources(shown)))

    async def registration(self, _question: Question) -> Answer:
        """Say where to sign up for each coming event, or that its source gives no way."""
        wording = self._texts["event_register"]
        coming = (await self._agenda.coming())[:MOST_EVENTS]
        if not coming:
            return wording.answer()
        lines = [
            wording.say(
                "open" if event.registration_url else "unknown",
                title=event.title,
                moment=polish_moment(event.starts_at),
                url=event.registration_url,
            )
            for event in coming
        ]
        links = [link for event in coming for link in self._links(event, self._texts["event_list"])]
        return Answer("\n".join(lines), buttons=wording.answer().buttons, sources=(*links, *_sources(coming)))

    async def announcements(self, _question: Question) -> Answer:
        """Give the newest announcements with date and link, and say when the feed was last read."""
        wording = self._texts["announcement_latest"]
        latest = await self._bulletin.latest(MOST_ANNOUNCEMENTS)
        if not latest.announcements:
            return wording.answer()
        checked = polish_moment(latest.checked_at) if latest.checked_at else ""
        lines = [
            *([wording.say("stale", moment=checked)] if latest.stale else []),
            wording.say("intro"),
            *(_headline(each, wording) for each in latest.announcements),
            *([wording.say("checked", moment=checked)] if checked and not latest.stale else []),
        ]
        links = tuple(
            Source(each.title, each.url, warsaw(each.published_at).date() if each.published_at else None)
            for each in latest.announcements
            if each.url
        )
        plain = wording.answer()
        return Answer("\n".join(lines), buttons=plain.buttons, sources=(*links, *plain.sources))

    def _links(self, event: Event, wording: Wording) -> list[Source]:
        links = []
        if event.registration_url:
            links.append(Source(wording.say("registration_link", title=event.title), event.registration_url))
        if self._calendar_url:
            name = wording.say("calendar_link", title=event.title)
            links.append(Source(name, f"{self._calendar_url}/{event.id}.ics"))
        return links


def _described(event: Event, wording: Wording) -> str:
    when = polish_span(event.starts_at, event.ends_at)
    parts = [wording.say("event", moment=when, title=event.title, place=event.place)]
    if event.programme:
        parts.append(wording.say("programme", programme=event.programme))
    if event.organiser:
        parts.append(wording.say("organiser", organiser=event.organiser))
    return " ".join(parts)


def _headline(announcement: Announcement, wording: Wording) -> str:
    if announcement.published_at is None:
        return wording.say("undated", title=announcement.title)
    return wording.say("dated", day=polish_date(warsaw(announcement.published_at).date()), title=announcement.title)


def _sources(events: tuple[Event, ...]) -> tuple[Source, ...]:
    return tuple(dict.fromkeys(event.source for event in events))
