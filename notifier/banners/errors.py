"""What can be refused about a banner."""

from typing import Literal

from core.errors import HubError

Fault = Literal["empty", "too_long", "level", "ends_before_start", "past", "too_long_time"]


class BannerError(HubError):
    """Something that a banner does not allow."""


class BannerRefusedError(BannerError):
    """Text, level or times of a new banner are not right."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(f"The banner is refused: {fault.replace('_', ' ')}.")


class UnknownBannerError(BannerError):
    """There is no banner of that number that this could be done with."""

    def __init__(self) -> None:
        super().__init__("There is no such banner, or it is over or withdrawn already.")


class OwnBannerError(BannerError):
    """Nobody approves a banner of their own."""

    def __init__(self) -> None:
        super().__init__("Nobody approves a banner of their own: ask another person.")
