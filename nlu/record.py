"""What is written down beside a model, and which models are in service."""

from enum import StrEnum
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, StringConstraints

from nlu.judging.gate import Check
from nlu.judging.outcome import Sentence

# Names become names of files, so nothing else is taken from a file that somebody may have edited.
ModelName = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]


class Verdict(StrEnum):
    """What is known about a model beyond that its training succeeded."""

    UNTESTED = "untested"
    PASSED = "passed"  # every gate
    REFUSED = "refused"  # by a gate
    FAILED = "failed"  # did not come up, or failed the smoke test
    WITHDRAWN = "withdrawn"  # rolled back by a person


# A start does not serve these as long as another model can be served.
UNFIT = frozenset({Verdict.REFUSED, Verdict.FAILED, Verdict.WITHDRAWN})


class ModelRecord(BaseModel, frozen=True):
    """One trained model: `name` and `code` are the fingerprints of nlu.model, `sentences` those it learned from.

    `taught` are those among them that staff added, `against` is the model it was compared with for its verdict.
    """

    name: ModelName
    code: str
    sha256: str
    trained_at: AwareDatetime
    sentences: int
    taught: tuple[Sentence, ...] = ()
    verdict: Verdict = Verdict.UNTESTED
    reason: str = ""
    gate: tuple[Check, ...] = ()
    against: ModelName | None = None


class Registry(BaseModel, frozen=True):
    """The model in service and the one before it."""

    current: ModelName | None = None
    previous: ModelName | None = None
