"""The words of notices, from `staff_notices.yml` of the city pack."""

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

from pydantic import TypeAdapter

from content.fields import field_problem
from content.pack_file import PackData, PackError, PackFile, Problem, read_pack_file


class NoticeKind(StrEnum):
    """What staff may have to do something about."""

    SPEND_CAP = "spend_cap"
    NUMBER_CAP = "number_cap"
    CHANNEL_STOPPED = "channel_stopped"
    PROVIDER_REFUSAL = "provider_refusal"
    QUEUE_STUCK = "queue_stuck"
    MANY_FAILURES = "many_failures"
    JOB_FAILED = "job_failed"
    SOURCE_OUTAGE = "source_outage"


FIELDS: Mapping[NoticeKind, frozenset[str]] = {
    NoticeKind.SPEND_CAP: frozenset({"channel"}),
    NoticeKind.NUMBER_CAP: frozenset({"channel"}),
    NoticeKind.CHANNEL_STOPPED: frozenset({"channel", "code", "advice"}),
    NoticeKind.PROVIDER_REFUSAL: frozenset({"channel", "code", "advice"}),
    NoticeKind.QUEUE_STUCK: frozenset({"channel", "count"}),
    NoticeKind.MANY_FAILURES: frozenset({"title", "failed", "total"}),
    NoticeKind.JOB_FAILED: frozenset({"job", "times", "error"}),
    NoticeKind.SOURCE_OUTAGE: frozenset({"source", "since"}),
}
"""What the words of each kind may name in {braces}."""


_ANY_CODE = "other"


class _Words(PackData):
    subject: str
    body: str


class NoticeTexts(PackData):
    """The words of one city: channels as people call them, and what to do about a provider's code."""

    channels: dict[str, str]
    notices: dict[NoticeKind, _Words]
    advice: dict[str, str]

    def render(self, kind: NoticeKind, fields: Mapping[str, object]) -> tuple[str, str]:
        """Return the subject and body of a notice."""
        channel = str(fields.get("channel", ""))
        advice = self.advice.get(str(fields.get("code", "")), self.advice[_ANY_CODE])
        said = {**fields, "channel": self.channels.get(channel, channel), "advice": advice}
        words = self.notices[kind]
        return words.subject.format(**said), words.body.format(**said).strip()


def load_notice_texts(folder: Path) -> NoticeTexts:
    """Read the words of the city pack in `folder`.

    Raises:
        PackError: the file is missing, a kind has no words, or they name what is not known.
    """
    file = read_pack_file(folder / "staff_notices.yml")
    read = file.parse(TypeAdapter(NoticeTexts))
    problems = [problem for kind in NoticeKind for problem in _problems(file, kind, read.notices.get(kind))]
    if _ANY_CODE not in read.advice:
        problems.append(file.problem(["advice"], f"there is no advice for {_ANY_CODE!r}, every code not named here"))
    if problems:
        raise PackError(problems)
    return read


def _problems(file: PackFile, kind: NoticeKind, words: _Words | None) -> list[Problem]:
    if words is None:
        return [file.problem(["notices"], f"there are no words for {kind}")]
    problem = field_problem(FIELDS[kind], words.subject, words.body)
    return [file.problem(["notices", kind.value], problem)] if problem else []
