"""What can be refused about an announcement, each in one sentence for the operator."""

from typing import Literal

from core.errors import HubError
from notifier.announcements.states import AnnouncementState

Part = Literal["title", "text", "name"]

_NEXT_STEP = {
    AnnouncementState.DRAFT: "submit it first",
    AnnouncementState.SUBMITTED: "a second person has to approve it first",
    AnnouncementState.APPROVED: "it only has to be published",
    AnnouncementState.PUBLISHED: "write a new one if something is to be added",
}


class AnnouncementError(HubError):
    """Something that an announcement does not allow."""


class UnknownAnnouncementError(AnnouncementError):
    """There is no announcement of that number."""

    def __init__(self, announcement_id: int) -> None:
        super().__init__(f"There is no announcement {announcement_id}: check the number.")


class PartRefusedError(AnnouncementError):
    """The title, the text or a person's name is empty or longer than `limit` characters."""

    def __init__(self, part: Part, limit: int, *, is_empty: bool) -> None:
        self.part = part
        self.limit = limit
        self.is_empty = is_empty
        fault = "is empty: write one" if is_empty else f"is too long: shorten it to {limit} characters"
        super().__init__(f"The {part} {fault}.")


class MoveRefusedError(AnnouncementError):
    """The table of allowed moves has no such move."""

    def __init__(self, announcement_id: int, state: AnnouncementState, target: AnnouncementState) -> None:
        self.state = state
        self.target = target
        super().__init__(
            f"Announcement {announcement_id} is {state} and cannot become {target} now: {_NEXT_STEP[state]}."
        )


class TextChangedError(AnnouncementError):
    """The text is no longer the one that was approved."""

    def __init__(self, announcement_id: int) -> None:
        super().__init__(f"Announcement {announcement_id} was changed after its approval: have it approved again.")


class ApproverRefusedError(AnnouncementError):
    """The approver wrote the announcement, or is no person."""

    def __init__(self, announcement_id: int, approver: str) -> None:
        super().__init__(
            f"Announcement {announcement_id} cannot be approved by {approver}: "
            "ask a person who is not its author to approve it."
        )
