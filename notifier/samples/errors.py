"""What can be refused about a sample."""

from core.errors import HubError


class SampleError(HubError):
    """No sample can be sent."""


class ContactRefusedError(SampleError):
    """Nothing can be sent to this contact."""

    def __init__(self, channel: str) -> None:
        self.channel = channel
        super().__init__(f"No sample can be sent to this contact of the channel {channel}: check it.")


class TooManySamplesError(SampleError):
    """Somebody has had enough samples for an hour."""

    def __init__(self) -> None:
        super().__init__("Too many samples within an hour: wait before the next one.")


class SampleNotSentError(SampleError):
    """The provider did not take the message, or the day's money is spent."""

    def __init__(self) -> None:
        super().__init__("The sample was not sent: the provider did not take it, or the day's cap is reached.")
