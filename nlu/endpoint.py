"""Where the model is served at the moment."""

from collections.abc import Callable
from dataclasses import dataclass, field

import httpx2


@dataclass(frozen=True)
class Endpoint:
    """Address of a Rasa server and its token; the token is in no text form of this object."""

    base_url: str
    token: str = field(repr=False)

    def url(self, path: str) -> str:
        """Return the address of `path` without the token."""
        return self.base_url.rstrip("/") + path

    def extensions(self, path: str) -> dict[str, bytes]:
        """Return the request extension that carries the token.

        Rasa reads its token only from the query. As the request's target on the wire it never becomes part of the
        request's URL, which client libraries write to logs and into error messages.
        """
        return {"target": httpx2.URL(self.url(path)).copy_add_param("token", self.token).raw_path}


# Asked anew for every sentence, because a restarted server has a new port and a new token; None: none is ready.
EndpointSource = Callable[[], Endpoint | None]


def fixed_endpoint(base_url: str, token: str) -> EndpointSource:
    """Return the source of an endpoint that never changes: a Rasa server run by someone else."""
    endpoint = Endpoint(base_url, token)
    return lambda: endpoint
