"""What is said about whom to turn to."""

from content.answer import Answer, Fact, Source
from content.format import polish_date
from content.question import Answerer, Question
from content.texts import Texts
from content.topics.office.contacts import Contact, Contacts


def answers(contacts: Contacts, texts: Texts) -> dict[str, Answerer]:
    """Return the answer functions of this topic; leaving a message and one's own data are flows of the bot."""
    topic = _OfficeTopic(contacts, texts)
    return {"office_contact": topic.contact}


class _OfficeTopic:
    def __init__(self, contacts: Contacts, texts: Texts) -> None:
        self._contacts = contacts
        self._wording = texts["office_contact"]

    async def contact(self, _question: Question) -> Answer:
        """Say how to reach the office, what is honestly not known of it, and the other confirmed contacts."""
        shown = self._contacts.shown()
        plain = self._wording.answer()
        if not shown:
            return plain
        facts = tuple(self._fact(contact) for contact in shown[1:])
        lines = [*self._office(shown[0]), *([self._wording.say("others")] if facts else [])]
        return Answer("\n".join(lines), facts, plain.buttons, sources=_sources(shown) or plain.sources)

    def _office(self, office: Contact) -> list[str]:
        say = self._wording.say
        known = {"address": office.address, "phone": office.phone, "email": office.email, "hours": office.hours}
        details = [say(f"office_{name}", value=value) for name, value in known.items() if value]
        absent = [say(f"missing_{name}") for name in office.missing if f"missing_{name}" in self._wording.more]
        lines = [say("office", name=office.name, details=", ".join(details))]
        if absent:
            lines.append(say("missing", details=", ".join(absent)))
        return [*lines, *([say("page", url=office.url)] if office.url else [])]

    def _fact(self, contact: Contact) -> Fact:
        phone = self._wording.say("office_phone", value=contact.phone) if contact.phone else None
        reach = (phone, contact.email, contact.address, None if contact.phone else contact.url)
        note = self._wording.say("as_of", day=polish_date(contact.as_of)) if contact.as_of else None
        label = self._wording.say("label", name=contact.name, matter=contact.matter)
        return Fact(label, ", ".join(filter(None, reach)), note)


def _sources(contacts: tuple[Contact, ...]) -> tuple[Source, ...]:
    """Return the sources that a resident can open or that carry a date."""
    sources = (contact.source for contact in contacts if not contact.nationwide)
    return tuple(dict.fromkeys(source for source in sources if source.url or source.as_of))
