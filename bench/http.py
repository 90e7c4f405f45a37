"""The barest HTTP client that does: what it costs itself must not hide what is measured."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

_HEAD_END = b"\r\n\r\n"
_SUCCESS = b"HTTP/1.1 200 "
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


@asynccontextmanager
async def connection(port: int, path: str) -> AsyncIterator[Callable[[bytes], Awaitable[bytes]]]:
    """Yield what posts JSON to one path again and again, over one connection to a port of this computer.

    It returns the body of the answer, and raises `RuntimeError` unless that is a success that tells its length.
    """
    fixed = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n"
    reader, writer = await asyncio.open_connection("127.0.0.1", port)

    async def post(body: bytes) -> bytes:
        writer.write(f"{fixed}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        head = await reader.readuntil(_HEAD_END)
        length = _LENGTH.search(head)
        if not head.startswith(_SUCCESS) or not length:
            raise RuntimeError(head.partition(b"\r\n")[0].decode())
        return await reader.readexactly(int(length[1]))

    try:
        yield post
    finally:
        writer.close()
        await writer.wait_closed()
