"""How patient the keepers of the language model's server are."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Pace:
    """Times in seconds."""

    poll: float = 0.2  # between two questions whether a starting server is up
    check: float = 10.0  # between two questions whether a ready server is still answering
    answer: float = 2.0  # for one answer to such a question
    start: float = 120.0  # for a start
    misses: int = 3  # unanswered checks after which a server is restarted
    restart: tuple[float, ...] = (0.2, 1.0, 2.0, 5.0, 10.0)  # before the first, second … restart in a row
    watch: float = 1.0  # between two looks at which model shall be in service
    drain: float = 5.0  # from a switch to the end of the old server: longer than a sentence may wait and be parsed


PATIENT = Pace()
