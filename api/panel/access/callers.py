"""Where a request to sign in comes from."""

from fastapi import Request

from core.staff.sign_in import Caller

# The first that fits: browsers also name those they descend from.
_BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
_SYSTEMS = (
    *(("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad")),
    *(("Mac OS X", "macOS"), ("Linux", "Linux")),
)


def caller(request: Request) -> Caller:
    """Return address and browser of a request."""
    address = request.client.host if request.client else "unknown"
    return Caller(address, _device(request.headers.get("user-agent", "")))


def _device(agent: str) -> str:
    """Return browser and system in words, by which people recognise their sessions."""
    browser = next((name for mark, name in _BROWSERS if mark in agent), "inna przeglądarka")
    system = next((name for mark, name in _SYSTEMS if mark in agent), "")
    return ", ".join(filter(None, (browser, system)))
