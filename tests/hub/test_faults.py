"""What an operator can mend is a sentence; what only we can mend keeps its traceback."""

import errno

import pytest

from core.errors import ConfigurationError
from hub.faults import sentences


def test_parts_that_failed_together_are_told_each_once() -> None:
    full = OSError(errno.ENOSPC, "No space left on device", "models/training")
    wrong = ConfigurationError("PORT is wrong.")
    told = sentences(ExceptionGroup("parts", [wrong, ExceptionGroup("more", [full]), wrong]))
    advice = "correct VAR_DIR or its rights, or make room on the disk"
    assert told == [str(wrong), f"models/training cannot be written (No space left on device): {advice}."]


@pytest.mark.parametrize("ours", [KeyError("x"), OSError(errno.EBADF, "Bad file descriptor")])
def test_a_mistake_of_ours_is_raised_whole(ours: Exception) -> None:
    together = ExceptionGroup("parts", [ConfigurationError("PORT is wrong."), ours])
    with pytest.raises(ExceptionGroup) as raised:
        sentences(together)
    assert raised.value is together
