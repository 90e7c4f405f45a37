"""What travels compressed, and what must not."""

import httpx2
import pytest
from starlette.responses import PlainTextResponse

from api.compression import Compressed

PACKED = {"Accept-Encoding": "gzip"}
LARGEST_WIDGET = 25 * 1024


# What is sent does not depend on the engine.
sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@sqlite
async def test_the_widget_is_small_on_the_wire(web: httpx2.AsyncClient) -> None:
    async with web.stream("GET", "/widget.js", headers=PACKED) as response:
        assert response.headers["content-encoding"] == "gzip"
        sent = b"".join([part async for part in response.aiter_raw()])
    assert len(sent) <= LARGEST_WIDGET


@sqlite
@pytest.mark.parametrize("path", ["/", "/static/pages.css", "/api/v1/chargers"])
async def test_pages_styles_and_data_are_packed_for_those_who_can_unpack(web: httpx2.AsyncClient, path: str) -> None:
    packed = await web.get(path, headers=PACKED)
    plain = await web.get(path, headers={"Accept-Encoding": "identity"})
    assert (packed.headers.get("content-encoding"), plain.headers.get("content-encoding")) == ("gzip", None)
    assert "Accept-Encoding" in packed.headers["vary"]
    assert len(packed.text) == pytest.approx(len(plain.text), abs=200)


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/powiadomienia/tajne"), ("GET", "/api/v1/subscriptions/tajne"), ("GET", "/panel"), ("POST", "/")],
)
async def test_what_holds_secrets_or_changes_something_is_not(method: str, path: str) -> None:
    transport = httpx2.ASGITransport(Compressed(PlainTextResponse("tajne " * 1000)))
    async with httpx2.AsyncClient(transport=transport, base_url="http://hub.test") as client:
        assert "content-encoding" not in (await client.request(method, path, headers=PACKED)).headers
        assert "content-encoding" in (await client.get("/ladowarki", headers=PACKED)).headers


@sqlite
async def test_a_part_of_a_file_is_sent_as_it_is(web: httpx2.AsyncClient) -> None:
    response = await web.get("/widget.js", headers={**PACKED, "Range": "bytes=0-2999"})
    assert (response.status_code, len(response.content)) == (206, 3000)
    assert "content-encoding" not in response.headers
