"""What can be refused about a held message or about the rules, each in one sentence for the operator."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from core.errors import HubError


class AlertError(HubError):
    """Something that a message about smog does not allow."""


class UnknownAlertError(AlertError):
    """There is no message of that number."""

    def __init__(self, message_id: int) -> None:
        super().__init__(f"There is no alert {message_id}: check the number.")


class AlreadyDecidedError(AlertError):
    """The message waits for nobody any more."""

    def __init__(self, message_id: int, state: str) -> None:
        self.state = state
        super().__init__(f"Alert {message_id} is {state}: nothing is left to decide.")


class DecisionRefusedError(AlertError):
    """A person's name or reason is missing or too long, or the decision came with a key."""

    def __init__(self, part: Literal["name", "reason"], limit: int) -> None:
        self.part = part
        self.limit = limit
        super().__init__(f"A person decides, with a name and a reason: the {part} has to have 1 to {limit} characters.")


class StaleAlertError(AlertError):
    """The message is too old to be of use."""

    def __init__(self, message_id: int) -> None:
        super().__init__(
            f"Alert {message_id} is out of date and can no longer be sent: reject it, the next reading decides."
        )


@dataclass(frozen=True)
class RuleFault:
    """What is wrong with changed rules: a kind of fault, and the setting that has it, such as "rules.pm10.clear"."""

    kind: str
    setting: str


class RulesRefusedError(AlertError):
    """Changed rules break a rule of rules."""

    def __init__(self, faults: Sequence[RuleFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{fault.setting}: {fault.kind}" for fault in faults))


class RulesChangedError(AlertError):
    """Somebody else changed the rules in the meantime."""

    def __init__(self) -> None:
        super().__init__("The rules were changed in the meantime: look at them again.")


class NothingChangedError(AlertError):
    """The changed rules are those in force."""

    def __init__(self) -> None:
        super().__init__("These rules are in force already.")
