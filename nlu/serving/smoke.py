"""The smoke test of a server: does it understand sentences that any usable model understands?"""

from collections.abc import Sequence

import httpx2

from core.clock import Clock
from nlu.client import NluUnavailable, RasaClient
from nlu.endpoint import Endpoint
from nlu.judging.evaluation import read_sentences
from nlu.model import ROOT
from nlu.serving.server import Smoke, StartFailed

SENTENCES = ROOT / "nlu" / "serving" / "smoke.yml"
# The gate judges how good a model is. Here one may be wrong, so that no release stands still for one sentence.
ALLOWED_WRONG = 1
_SECONDS = 10.0  # for one sentence: a server's very first parse loads code


def smoke_test(http: httpx2.AsyncClient, clock: Clock, sentences: Sequence[tuple[str, str]] | None = None) -> Smoke:
    """Return the test over (expected intent, sentence) pairs, by default those of smoke.yml."""
    asked = read_sentences(SENTENCES) if sentences is None else sentences

    async def test(endpoint: Endpoint) -> None:
        client = RasaClient(http, lambda: endpoint, clock, total=_SECONDS)
        try:
            got = [(expected, (await client.parse(text)).intent) for expected, text in asked]
        except NluUnavailable as error:
            message = f"it did not parse a plain sentence ({error})"
            raise StartFailed(message) from None
        wrong = [f"{expected} taken for {intent}" for expected, intent in got if intent != expected]
        if len(wrong) > ALLOWED_WRONG:
            message = f"it misunderstood {len(wrong)} of {len(got)} plain sentences: {', '.join(wrong)}"
            raise StartFailed(message)

    return test
