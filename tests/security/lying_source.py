"""A source on loopback that lies: it never ends, grows, dawdles or points elsewhere, and notes who came."""

import asyncio
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from functools import cache

_OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
_PIECE = b" " * 65_536


@cache
def _bomb() -> bytes:
    """Return 200 megabytes of spaces as gzip, made without ever holding them."""
    packer = zlib.compressobj(wbits=31)
    return b"".join(packer.compress(_PIECE) for _ in range(3000)) + packer.flush()


@dataclass
class LyingSource:
    """The server; `lie` chooses what it does, `calls` counts the requests and `sent` the bytes of its last answer."""

    lie: str = ""
    elsewhere: str = ""
    url: str = ""
    calls: int = 0
    sent: int = 0
    _open: set[asyncio.Task[None]] = field(default_factory=set)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one connection."""
        task = asyncio.current_task()
        assert task
        self._open.add(task)
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            await reader.readuntil(b"\r\n\r\n")
            self.calls, self.sent = self.calls + 1, 0
            await self._answer(writer)
        writer.close()

    async def _answer(self, writer: asyncio.StreamWriter) -> None:
        match self.lie:
            case "endless":
                await self._write(writer, _OK + b"\r\n")
                while self.sent < 500_000_000:
                    await self._write(writer, _PIECE)
            case "bomb":
                head = b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(_bomb())
                await self._write(writer, _OK + head + _bomb())
            case "dawdling":
                await self._write(writer, _OK + b"Content-Length: 100000\r\n\r\n")
                while True:
                    await self._write(writer, b" ")
                    await asyncio.sleep(0.02)
            case _:
                await self._write(writer, b"HTTP/1.1 302 Found\r\nLocation: %s\r\n\r\n" % self.elsewhere.encode())

    async def _write(self, writer: asyncio.StreamWriter, piece: bytes) -> None:
        writer.write(piece)
        self.sent += len(piece)
        await writer.drain()

    def hang_up(self) -> None:
        """End every answer that still goes on."""
        for task in self._open:
            task.cancel()


@asynccontextmanager
async def lying_source(host: str = "127.0.0.1") -> AsyncIterator[LyingSource]:
    """Serve on a port of its own until the context ends."""
    source = LyingSource()
    server = await asyncio.start_server(source.serve, host, 0)
    source.url = f"http://{host}:{server.sockets[0].getsockname()[1]}"
    try:
        yield source
    finally:
        source.hang_up()
        server.close()
