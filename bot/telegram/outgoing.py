"""One message on its way out, and the form in which it is stored until it is sent."""

from base64 import b64decode, b64encode
from dataclasses import dataclass, replace
from typing import Any

from content.answer import Button, Coordinates


@dataclass(frozen=True)
class Venue:
    """A place as Telegram shows it on its map."""

    title: str
    address: str
    position: Coordinates


@dataclass(frozen=True)
class Outgoing:
    """One message: HTML text with buttons (title, payload), or with the key that shares a location.

    `text` is the caption of a photo (PNG), and what is sent instead of a photo or a venue that Telegram does not take.
    `edits` is the number of the bot's own message that this one replaces.
    """

    text: str
    buttons: tuple[Button, ...] = ()
    location_key: str | None = None
    photo: bytes | None = None
    venue: Venue | None = None
    edits: int | None = None

    def plain(self) -> "Outgoing | None":
        """Return the same as a new message of text, None when it is one already."""
        if self.photo is None and self.venue is None and self.edits is None:
            return None
        return replace(self, photo=None, venue=None, edits=None)

    def to_json(self) -> dict[str, Any]:
        """Return the form that is stored until the message is sent."""
        stored: dict[str, Any] = {
            "text": self.text,
            "buttons": [[button.title, button.payload] for button in self.buttons],
            "location_key": self.location_key,
            "edits": self.edits,
        }
        if self.photo is not None:
            stored["photo"] = b64encode(self.photo).decode()
        if self.venue is not None:
            position = self.venue.position
            stored["venue"] = [self.venue.title, self.venue.address, position.lat, position.lon]
        return stored

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Outgoing":
        """Return a stored message."""
        photo, venue = stored.get("photo"), stored.get("venue")
        return cls(
            stored["text"],
            tuple(Button(title, payload) for title, payload in stored["buttons"]),
            stored.get("location_key"),
            b64decode(photo) if photo else None,
            Venue(venue[0], venue[1], Coordinates(venue[2], venue[3])) if venue else None,
            stored.get("edits"),
        )
