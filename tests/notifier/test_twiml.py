"""What Twilio is answered."""

from xml.etree import ElementTree as ET

from notifier.channels.twilio.twiml import message_reply


def test_the_text_arrives_as_written() -> None:
    text = 'Czy <b>"A & B"</b>?\n]]> é'
    document = ET.fromstring(message_reply(text))  # noqa: S314 - our own document
    assert (document.tag, [part.tag for part in document]) == ("Response", ["Message"])
    assert document[0].text == text


def test_silence_is_an_empty_response() -> None:
    assert len(ET.fromstring(message_reply(None))) == 0  # noqa: S314 - our own document
