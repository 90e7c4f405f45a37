"""What a resident's notifications are set to, and changing it: threshold, quiet hours, districts, a pause."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.flows.settings import ALL, OFF
from content.answer import Answer, Button
from content.format import polish_date, polish_moment
from content.places import Kind, PlaceResolver
from content.question import Question, to_payload
from content.texts import Texts, intent_button
from core.clock import Clock, warsaw
from notifier.subscriptions.choices import (
    ChoiceRefusedError,
    Choices,
    choose_districts,
    choose_quiet_hours,
    choose_threshold,
    pause,
)
from notifier.subscriptions.models import ContactRow
from notifier.subscriptions.quiet import QuietHours
from notifier.subscriptions.service import Running
from notifier.subscriptions.topics import TOPICS

_SUBSCRIBE, _UNSUBSCRIBE, _MANAGE = "alerts_subscribe", "alerts_unsubscribe", "alerts_manage"
_NIGHTS = ((22, 6), (21, 7), (23, 8))
_PAUSES = (1, 7, 30)


@dataclass(frozen=True)
class Current:
    """What a contact gets and what it chose."""

    running: tuple[Running, ...]
    choices: Choices

    def districts(self) -> tuple[str, ...] | None:
        """Return the ids of the districts of announcements, empty for the whole city, None without announcements."""
        return next((entry.districts for entry in self.running if entry.topic == "announcements"), None)


class SubscriptionSettings:
    """Says and changes the settings of one contact; the caller finds it and holds the unit of work."""

    def __init__(self, texts: Texts, places: PlaceResolver, clock: Clock) -> None:
        self._wording = texts[_MANAGE]
        self._districts = {place.id: place.name for place in places.offered(Kind.DISTRICT)}
        self._clock = clock
        # Staff may change the words of a level, not which ones there are.
        levels = (name.removeprefix("level_") for name in self._wording.more if name.startswith("level_"))
        self._levels = sorted(int(level) for level in levels)

    def district(self, district_id: str) -> str | None:
        """Return the name of a district that can be chosen, None for any other place."""
        return self._districts.get(district_id)

    async def change(self, session: AsyncSession, contact: ContactRow, question: Question) -> str | None:
        """Change what the question names; return the name of the sentence that says why not, None when it is done."""
        with suppress(ValueError, ChoiceRefusedError):
            if level := question.entity("level"):
                choose_threshold(contact, int(level.id))
            if quiet := question.entity("quiet"):
                choose_quiet_hours(contact, None if quiet.id == OFF else _hours(quiet.id))
            if days := question.entity("pause"):
                now = self._clock.now()
                pause(contact, now + timedelta(days=int(days.id)), now)
            problem = await self._change_districts(session, contact, question)
            await session.flush()
            return problem
        return "bad_setting"

    def menu(self, current: Current, asked: str, first: str = "") -> Answer:
        """Return the question of one setting with the values to choose from; `first` is a district to begin with."""
        match asked:
            case "level":
                return self._ask("ask_level", [self._button(self._level(level), level=level) for level in self._levels])
            case "quiet":
                return self._ask("ask_quiet", self._nights())
            case "districts" | "more":
                return self._ask_district(current, asked, first)
            case "pause":
                return self._ask(
                    "ask_pause", [self._button(self._say(f"pause_{days}"), pause=days) for days in _PAUSES]
                )
            case _:
                return self._ask_topic(current)

    def overview(self, current: Current, *, changed: bool) -> Answer:
        """Return everything that is on and how, with a button for each thing that can be changed."""
        entries = [self._entry(entry, current.choices) for entry in current.running]
        lines = [self._say("changed" if changed else "running"), *entries, self._quiet_line(current.choices)]
        if current.choices.paused_until:
            lines.append(self._say("paused", moment=polish_moment(current.choices.paused_until)))
        topics = {entry.topic for entry in current.running}
        asks = [
            *(["level"] if "smog" in topics else []),
            "quiet",
            *(["districts"] if "announcements" in topics else []),
            *(["topics"] if topics != set(TOPICS) else []),
        ]
        buttons = [self._asking(asked) for asked in asks]
        if current.choices.paused_until:
            buttons.insert(0, self._button(self._say("button_resume"), pause=0))
        else:
            buttons.append(self._asking("pause"))
        return Answer("\n".join(lines), buttons=(*buttons, intent_button(_UNSUBSCRIBE)))

    def refusal(self, problem: str, current: Current) -> Answer:
        """Return why a setting was not changed, and what can be changed."""
        return Answer(self._say(problem), buttons=self.overview(current, changed=False).buttons)

    async def _change_districts(self, session: AsyncSession, contact: ContactRow, question: Question) -> str | None:
        only = [entity.id for entity in question.entities if entity.name == "only"]
        more = [entity.id for entity in question.entities if entity.name == "more"]
        if not only and not more:
            return None
        named = [] if only == [ALL] else [*only, *more]
        if not set(named) <= set(self._districts):
            return "unknown_district"
        done = await choose_districts(session, contact, named)
        return None if done else "no_announcements"

    def _entry(self, entry: Running, choices: Choices) -> str:
        name = f"entry_{entry.topic}" if f"entry_{entry.topic}" in self._wording.more else "entry"
        return self._say(
            name,
            topic=self._say(f"topic_{entry.topic}"),
            day=polish_date(warsaw(entry.since).date()),
            level=self._level(self._levels[0] if choices.smog_level is None else choices.smog_level),
            districts=self._district_names(entry.districts),
        )

    def _district_names(self, districts: tuple[str, ...]) -> str:
        return ", ".join(self._districts.get(each, each) for each in districts) or self._say("whole_city")

    def _quiet_line(self, choices: Choices) -> str:
        if choices.quiet is None:
            return self._say("quiet_off")
        return self._say("quiet_on", start=_clock(choices.quiet.start), end=_clock(choices.quiet.end))

    def _nights(self) -> list[Button]:
        nights = [
            self._button(self._say("quiet_option", start=start, end=end), quiet=f"{start * 60}-{end * 60}")
            for start, end in _NIGHTS
        ]
        return [*nights, self._button(self._say("quiet_none"), quiet=OFF)]

    def _ask_district(self, current: Current, asked: str, first: str) -> Answer:
        chosen = current.districts()
        if chosen is None:
            return self.refusal("no_announcements", current)
        if asked == "more":
            kept = "&".join([to_payload(_MANAGE, only=chosen[0]), *(f"more={each}" for each in chosen[1:])])
            left = {each: name for each, name in self._districts.items() if each not in chosen}
            return self._ask("ask_more", [Button(name, f"{kept}&more={each}") for each, name in left.items()])
        buttons = [self._button(_upper(self._say("whole_city")), only=ALL)]
        if chosen:
            buttons.append(self._button(self._say("add_district"), ask="more"))
        listed = sorted(self._districts, key=lambda each: each != first)
        named = [self._button(self._districts[each], only=each) for each in listed]
        buttons = [*named, *buttons] if first in self._districts else [*buttons, *named]
        return self._ask("ask_districts", buttons, example=next(iter(self._districts.values()), ""))

    def _ask_topic(self, current: Current) -> Answer:
        missing = [topic for topic in TOPICS if topic not in {entry.topic for entry in current.running}]
        if not missing:
            return self.refusal("all_topics", current)
        name = {topic: _upper(self._say(f"topic_{topic}")) for topic in missing}
        return self._ask("ask_topics", [Button(name[topic], to_payload(_SUBSCRIBE, topic=topic)) for topic in missing])

    def _level(self, level: int) -> str:
        """Return the words of a level; of one that is no longer offered, those of the next worse one."""
        return self._say(f"level_{next((each for each in self._levels if each >= level), self._levels[-1])}")

    def _asking(self, asked: str) -> Button:
        return self._button(self._say(f"button_{asked}"), ask=asked)

    def _ask(self, name: str, buttons: list[Button], **fields: object) -> Answer:
        back = Button(self._say("button_back"), _MANAGE)
        return Answer(self._say(name, **fields), buttons=(*buttons, back))

    def _button(self, title: str, **values: object) -> Button:
        return Button(title, to_payload(_MANAGE, **{name: str(value) for name, value in values.items()}))

    def _say(self, name: str, **fields: object) -> str:
        return self._wording.say(name, **fields)


def _hours(value: str) -> QuietHours:
    """Return the quiet hours of a payload; raises ValueError for hours that no day has."""
    start, _, end = value.partition("-")
    return QuietHours(int(start), int(end))


def _upper(text: str) -> str:
    """Return a text with a capital first letter; the names in it keep theirs."""
    return text[:1].upper() + text[1:]


def _clock(minute: int) -> str:
    """Return a minute of the day as „22:00”."""
    return f"{minute // 60}:{minute % 60:02}"
