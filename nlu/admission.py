"""The last look before a model goes into service because a person said so: nothing passes beside the gate."""

from enum import StrEnum

from core.errors import HubError
from nlu.record import ModelRecord, Verdict
from nlu.store import ModelStore, ModelUnusable


class Obstacle(StrEnum):
    """Why a model does not go into service."""

    GONE = "gone"  # deleted, or not what was trained
    NOT_PASSED = "not_passed"
    OTHER_RELEASE = "other_release"
    OVERTAKEN = "overtaken"  # another model is in service than the one it was compared with


class NotAdmitted(HubError):  # noqa: N818 - what happened, not a mistake in the call
    """The model in service stays."""

    def __init__(self, obstacle: Obstacle) -> None:
        super().__init__(f"the model was not put in service: {obstacle}")
        self.obstacle = obstacle


def obstacle(record: ModelRecord | None, code: str) -> Obstacle | None:
    """Return what in a model's own record stands against it."""
    if record is None:
        return Obstacle.GONE
    if record.verdict is not Verdict.PASSED:
        return Obstacle.NOT_PASSED
    return Obstacle.OTHER_RELEASE if record.code != code else None


def admit(store: ModelStore, name: str, code: str) -> None:
    """Put a model in service that passed the gate against the one in service and was made with `code`.

    Raises `NotAdmitted`.
    """
    record = store.get(name)
    if record is None:
        raise NotAdmitted(Obstacle.GONE)
    if reason := obstacle(record, code):
        raise NotAdmitted(reason)
    try:
        store.archive(name)
    except ModelUnusable as error:
        raise NotAdmitted(Obstacle.GONE) from error
    try:
        store.replace(record.against, name)
    except ModelUnusable as error:
        raise NotAdmitted(Obstacle.OVERTAKEN) from error
