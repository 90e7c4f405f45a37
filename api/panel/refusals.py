"""How a request ends when it is not served: with another page, or with a sentence."""

from urllib.parse import urlencode

from api.panel.addresses import HOME, safe_next


class GoTo(Exception):  # noqa: N818 - it is no error
    """The browser is sent elsewhere."""

    def __init__(self, path: str, back: str = "") -> None:
        """Send to `path`; it leads on to `back` when that is another page of the panel than the first."""
        on = safe_next(back)
        self.location = path if on == HOME else f"{path}?{urlencode({'next': on})}"
        super().__init__(self.location)


class Refused(Exception):  # noqa: N818 - a page, not a fault of ours
    """A page with a status and a sentence in Polish."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


class Again(Refused):
    """A form whose session has ended, or is another one by now: nothing is changed, and nothing typed is lost."""


NOT_HERE = "Tej strony nie ma albo została usunięta."
