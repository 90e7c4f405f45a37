"""Messages about smog in the Common Alerting Protocol 1.2 (OASIS, 1 July 2010)."""

from dataclasses import dataclass
from datetime import datetime
from xml.etree import ElementTree as ET

from core.clock import warsaw
from notifier.alerts.models import AlertMessageRow

MEDIA_TYPE = "application/cap+xml"

_NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"


@dataclass(frozen=True)
class CapSender:
    """Who speaks and for which area; `id` has neither spaces nor commas, e.g. the host of the service."""

    id: str
    name: str
    event: str
    area: str
    web: str


def cap(row: AlertMessageRow, sender: CapSender) -> bytes:
    """Return a message that went out as a CAP document, with times in Polish local time and its numeric offset.

    Raises:
        ValueError: the message never went out.
    """
    if row.identifier is None or row.msg_type is None or row.sent_at is None:
        message = f"alert {row.id} was not sent, so there is nothing to publish"
        raise ValueError(message)
    alert = ET.Element("alert", {"xmlns": _NAMESPACE})
    _add(alert, "identifier", row.identifier)
    _add(alert, "sender", sender.id)
    _add(alert, "sent", _moment(row.sent_at))
    # Samples of the demo are for testing; receivers of real alerts leave them out by this word.
    _add(alert, "status", "Test" if row.sample else "Actual")
    _add(alert, "msgType", row.msg_type)
    _add(alert, "scope", "Public")
    if row.references:
        _add(alert, "references", " ".join(_reference(sender, *earlier) for earlier in row.references))
    _add_info(alert, row, sender, row.sent_at)
    return bytes(ET.tostring(alert, encoding="utf-8", xml_declaration=True))


def _add_info(alert: ET.Element, row: AlertMessageRow, sender: CapSender, sent_at: datetime) -> None:
    is_over = row.level is None
    info = ET.SubElement(alert, "info")
    _add(info, "language", "pl-PL")
    _add(info, "category", "Env")
    _add(info, "category", "Health")
    _add(info, "event", sender.event)
    _add(info, "responseType", "AllClear" if is_over else "Avoid")
    _add(info, "urgency", "Past" if is_over else "Immediate")
    _add(info, "severity", row.severity.capitalize())
    _add(info, "certainty", "Observed")
    _add(info, "effective", _moment(sent_at))
    _add(info, "onset", _moment(row.measured_at))
    _add(info, "expires", _moment(row.expires_at))
    _add(info, "senderName", sender.name)
    _add(info, "headline", row.title)
    _add(info, "description", row.body)
    _add(info, "web", sender.web)
    area = ET.SubElement(info, "area")
    _add(area, "areaDesc", sender.area)


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text


def _reference(sender: CapSender, identifier: str, sent_at: str) -> str:
    return f"{sender.id},{identifier},{_moment(datetime.fromisoformat(sent_at))}"


def _moment(moment: datetime) -> str:
    return warsaw(moment).isoformat(timespec="seconds")
