"""Why something is not done; pages say it in Polish."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.errors import HubError


class Fault(StrEnum):
    """Why a sentence cannot be taught."""

    EMPTY = "empty"  # no word is left without masked data and marks
    TOO_LONG = "too_long"
    JUDGED = "judged"  # it stands in the set by which models are judged
    KNOWN = "known"  # the release or staff taught it to this intent already
    ELSEWHERE = "elsewhere"  # … to another intent


@dataclass(frozen=True)
class Faulty:
    """A sentence that cannot be taught; `intent` is the one that has it, where one has."""

    text: str
    fault: Fault
    intent: str = ""


class TeachingRefusedError(HubError):
    """Nothing was taught, because some of the sentences cannot be."""

    def __init__(self, faulty: Sequence[Faulty]) -> None:
        super().__init__(f"{len(faulty)} sentences cannot be taught")
        self.faulty = tuple(faulty)


class Refusal(StrEnum):
    """Why a step with a model is not made."""

    NO_SENTENCES = "no_sentences"  # none chosen, or none given
    UNKNOWN_INTENT = "unknown_intent"
    NOTHING_NEW = "nothing_new"  # the model in service was taught exactly these
    TRAINING_RUNS = "training_runs"
    ELSEWHERE = "elsewhere"  # somebody else serves the model
    NOT_READY = "not_ready"
    CHANGED = "changed"  # meanwhile, by somebody else
    GONE = "gone"
    OTHER_RELEASE = "other_release"
    NO_PREVIOUS = "no_previous"


class StepRefusedError(HubError):
    """A step is not made."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(f"refused: {refusal}")
        self.refusal = refusal
