"""What the pages of announcements work with."""

from collections.abc import Mapping
from dataclasses import dataclass

from notifier.announcements.calendar import Calendar
from notifier.announcements.desk import AnnouncementDesk
from notifier.announcements.outlook import Outlooks
from notifier.announcements.recipients import Recipients
from notifier.announcements.templates import Templates
from notifier.announcements.texts import Starter
from notifier.banners.service import Banners
from notifier.samples.service import Samples


@dataclass(frozen=True)
class Newsroom:
    """The services; `districts` are the names of the city's districts by id, `starters` the templates of its pack."""

    desk: AnnouncementDesk
    outlooks: Outlooks
    templates: Templates
    recipients: Recipients
    calendar: Calendar
    samples: Samples
    banners: Banners
    districts: Mapping[str, str]
    starters: Mapping[str, Starter]
