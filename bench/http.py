"""The barest HTTP client that does: what it costs itself must not hide what is measured."""

import asyncio
import re
from types import TracebackType
from typing import Self

_HEAD_END = b"\r\n\r\n"
_SUCCESS = b"HTTP/1.1 200 "
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


class Connection:
    """One connection to a port of this computer that posts JSON to one path again and again."""

    def __init__(self, port: int, path: str) -> None:
        self._port = port
        self._head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n"

    async def __aenter__(self) -> Self:
        self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._writer.close()
        await self._writer.wait_closed()

    async def post(self, body: bytes) -> bytes:
        """Return the body of the answer; raise `RuntimeError` unless it is a success that tells its length."""
        self._writer.write(f"{self._head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        head = await self._reader.readuntil(_HEAD_END)
        length = _LENGTH.search(head)
        if not head.startswith(_SUCCESS) or not length:
            raise RuntimeError(head.partition(b"\r\n")[0].decode())
        return await self._reader.readexactly(int(length[1]))
