"""What residents can sign up for and choose from, in the words of the city pack."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from content.places import Kind, PlaceResolver
from content.texts import Texts
from notifier.subscriptions.topics import TOPICS, Topic

_SUBSCRIBE, _MANAGE = "alerts_subscribe", "alerts_manage"


@dataclass(frozen=True)
class TopicOffer:
    """A topic, its name, and what its messages bring."""

    id: Topic
    name: str
    text: str


class Offer:
    """The offer of one city; `ways` names, by channel, where residents may also write to sign up."""

    def __init__(self, texts: Texts, places: PlaceResolver, ways: Mapping[str, str]) -> None:
        self._subscribe = texts[_SUBSCRIBE]
        self._manage = texts[_MANAGE]
        self.ways = ways
        self.districts = {place.id: place.name for place in places.offered(Kind.DISTRICT)}
        # Staff may change the words of a level, not which ones there are.
        levels = (name.removeprefix("level_") for name in self._manage.more if name.startswith("level_"))
        self._levels = sorted(int(level) for level in levels)

    @property
    def consent(self) -> str:
        """Return what a resident agrees to, whatever the topic."""
        return self.say("web_consent")

    @property
    def text_version(self) -> str:
        """Return the version of the consent and of the topics' texts, under which a consent is logged."""
        return self.say("web_consent_version")

    @property
    def topics(self) -> tuple[TopicOffer, ...]:
        """Return the topics."""
        return tuple(TopicOffer(topic, self.topic_name(topic), self.say(f"web_{topic}")) for topic in TOPICS)

    @property
    def levels(self) -> Mapping[int, str]:
        """Return the levels from which alerts may come, the mildest first, in words that follow „powietrze jest”."""
        return {level: self.setting(f"level_{level}") for level in self._levels}

    def topic_name(self, topic: str) -> str:
        """Return the name of a topic as a heading."""
        name = self.setting(f"topic_{topic}")
        return name[:1].upper() + name[1:]

    def level(self, chosen: int | None) -> int:
        """Return the offered level that a resident's choice means."""
        return next((level for level in self._levels if chosen is None or level >= chosen), self._levels[-1])

    def district_names(self, districts: Collection[str]) -> str:
        """Return the names of districts, or that it is the whole city."""
        names = ", ".join(self.districts.get(district, district) for district in districts)
        return names or self.setting("whole_city")

    def say(self, name: str, **fields: object) -> str:
        """Return a sentence about signing up."""
        return self._subscribe.say(name, **fields)

    def setting(self, name: str, **fields: object) -> str:
        """Return a sentence about what is on."""
        return self._manage.say(name, **fields)
