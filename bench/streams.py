"""Pages that stay open and wait for live events, as many as a browser each would hold."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress

_REQUEST = "GET /api/v1/chat/events HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: text/event-stream\r\n\r\n"


@asynccontextmanager
async def open_streams(port: int, count: int) -> AsyncIterator[None]:
    """Hold so many streams open, each of which was answered."""
    async with AsyncExitStack() as stack:
        for _ in range(count):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            stack.push_async_callback(_close, writer)
            writer.write(_REQUEST.format(port=port).encode())
            if b" 200 " not in await reader.readuntil(b"\r\n"):
                raise RuntimeError("an event stream was refused")
        yield


async def _close(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()
