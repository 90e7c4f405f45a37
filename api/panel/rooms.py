"""The rooms of the panel in the order of the menu; a new one is a folder and a line here."""

from api.panel.audit.pages import ROOM as AUDIT
from api.panel.inbox.pages import ROOM as INBOX
from api.panel.keys.pages import ROOM as KEYS
from api.panel.room import Room
from api.panel.staff.pages import ROOM as STAFF
from api.panel.texts.pages import ROOM as TEXTS
from api.panel.transcripts.pages import ROOM as TRANSCRIPTS

ROOMS: tuple[Room, ...] = (INBOX, TRANSCRIPTS, TEXTS, STAFF, KEYS, AUDIT)
