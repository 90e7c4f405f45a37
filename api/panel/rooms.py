"""The rooms of the panel in the order of the menu; a new one is a folder and a line here."""

from api.panel.alerts.pages import ROOM as ALERTS
from api.panel.announcements.pages import ROOM as ANNOUNCEMENTS
from api.panel.audit.pages import ROOM as AUDIT
from api.panel.health.pages import ROOM as HEALTH
from api.panel.inbox.pages import ROOM as INBOX
from api.panel.keys.pages import ROOM as KEYS
from api.panel.numbers.pages import ROOM as NUMBERS
from api.panel.retention.pages import ROOM as RETENTION
from api.panel.room import Room
from api.panel.staff.pages import ROOM as STAFF
from api.panel.teaching.pages import ROOM as TEACHING
from api.panel.texts.pages import ROOM as TEXTS
from api.panel.transcripts.pages import ROOM as TRANSCRIPTS

ROOMS: tuple[Room, ...] = (
    INBOX,
    ALERTS,
    ANNOUNCEMENTS,
    TRANSCRIPTS,
    TEACHING,
    TEXTS,
    NUMBERS,
    HEALTH,
    STAFF,
    KEYS,
    RETENTION,
    AUDIT,
)
