"""What can be refused about an announcement, each in one sentence for the operator."""

from typing import Literal

from core.errors import HubError
from notifier.announcements.states import Action, AnnouncementState

Part = Literal["title", "text", "sms", "telegram", "web", "name", "reason", "place", "registration", "key", "template"]
Contradiction = Literal[
    "braces",
    "placeholder",
    "district",
    "channel",
    "event_ends_before_start",
    "event_is_past",
    "expired",
    "registration",
    "unknown_original",
    "original_not_published",
    "corrected_already",
    "schedule_past",
    "schedule_too_late",
]

_NEXT_STEP = {
    AnnouncementState.DRAFT: "submit it first",
    AnnouncementState.IN_REVIEW: "a second person has to approve it first",
    AnnouncementState.RETURNED: "correct it and submit it again",
    AnnouncementState.APPROVED: "it only has to be published or scheduled",
    AnnouncementState.SCHEDULED: "it goes out at its time",
    AnnouncementState.SENDING: "it is on its way; write a correction if something is wrong",
    AnnouncementState.PAUSED: "resume or cancel it",
    AnnouncementState.SENT: "write a correction or a retraction",
    AnnouncementState.CANCELLED: "write a new one",
    AnnouncementState.EXPIRED: "write a new one",
}


class AnnouncementError(HubError):
    """Something that an announcement does not allow."""


class UnknownAnnouncementError(AnnouncementError):
    """There is no announcement of that number."""

    def __init__(self, announcement_id: int) -> None:
        super().__init__(f"There is no announcement {announcement_id}: check the number.")


class PartRefusedError(AnnouncementError):
    """A text or a person's name is empty or longer than `limit` characters."""

    def __init__(self, part: Part, limit: int, *, is_empty: bool) -> None:
        self.part = part
        self.limit = limit
        self.is_empty = is_empty
        fault = "is empty: write one" if is_empty else f"is too long: shorten it to {limit} characters"
        super().__init__(f"The {part} {fault}.")


class ContentRefusedError(AnnouncementError):
    """The parts of an announcement do not fit together; `what` is the word or value in question."""

    def __init__(self, problem: Contradiction, what: str = "") -> None:
        self.problem = problem
        self.what = what
        super().__init__(f"The announcement is refused: {problem.replace('_', ' ')}{f' ({what})' if what else ''}.")


class TooManyPartsError(AnnouncementError):
    """As an SMS it would be more than `limit` parts."""

    def __init__(self, parts: int, limit: int) -> None:
        self.parts = parts
        self.limit = limit
        super().__init__(f"As an SMS it has {parts} parts: write a text for SMS of at most {limit} parts.")


class KeyReusedError(AnnouncementError):
    """The idempotency key was used for another announcement."""

    def __init__(self) -> None:
        super().__init__("This idempotency key belongs to another announcement: use a new one.")


class MoveRefusedError(AnnouncementError):
    """The table of allowed moves has no such move."""

    def __init__(self, announcement_id: int, state: AnnouncementState, action: Action) -> None:
        self.state = state
        self.action = action
        super().__init__(f"Announcement {announcement_id} is {state}, so it takes no {action}: {_NEXT_STEP[state]}.")


class RoleRefusedError(AnnouncementError):
    """Only somebody else may do this: a person where a key tried, or the product itself."""

    def __init__(self, action: Action) -> None:
        self.action = action
        super().__init__(f"This may not be done with an API key or by hand: {action}.")


class ContentChangedError(AnnouncementError):
    """It is no longer what was approved, or what the approver has read."""

    def __init__(self, announcement_id: int) -> None:
        super().__init__(f"Announcement {announcement_id} has changed since: read it again and have it approved again.")


class ApproverRefusedError(AnnouncementError):
    """The approver had a hand in the announcement."""

    def __init__(self, announcement_id: int, approver: str) -> None:
        super().__init__(
            f"Announcement {announcement_id} cannot be approved by {approver}: "
            "ask a person who did not write or edit it to approve it."
        )


class TemplateExistsError(AnnouncementError):
    """There is a template of that name already."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is a template {name} already: choose another name.")


class UnknownTemplateError(AnnouncementError):
    """There is no such template; somebody may have deleted it."""

    def __init__(self) -> None:
        super().__init__("There is no such template: it may have been deleted.")
