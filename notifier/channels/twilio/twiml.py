"""TwiML: what Twilio is told to do in answer to a webhook."""

from twilio.twiml.messaging_response import MessagingResponse


def message_reply(text: str | None) -> str:
    """Return the document that answers an SMS with `text`, or with nothing."""
    response = MessagingResponse()
    if text is not None:
        response.message(text)
    return str(response)
