"""How sure something in the data is; residents get to know only what is confirmed."""

from typing import Literal, get_args

from content.pack_file import PackData

Confidence = Literal["high", "medium", "low", "unverified"]
CONFIDENCES: tuple[Confidence, ...] = get_args(Confidence)


class Checked(PackData):
    """Something that was looked up in a source."""

    confidence: Confidence

    @property
    def is_confirmed(self) -> bool:
        """Whether the source is good enough for residents."""
        return self.confidence in {"high", "medium"}
