"""A message as a call of the Bot API, with its keyboard."""

from hashlib import sha256
from typing import Any

from aiogram.enums import ParseMode
from aiogram.methods import EditMessageText, SendMessage, SendPhoto, SendVenue, TelegramMethod
from aiogram.types import (
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
    ReplyParameters,
)

from bot.telegram.outgoing import Outgoing
from bot.telegram.reading import Address

KEY_MARK = "#"
"""First character of a key that travels in place of a long payload."""

_MAX_DATA_BYTES = 64
# Half the width of a phone's screen.
_SHORT_TITLE = 18
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_PHOTO_NAME = "wykres.png"


def method_of(address: Address, message: Outgoing) -> TelegramMethod[Any]:
    """Return the call that shows a message at an address."""
    words: dict[str, Any] = {
        "chat_id": address.chat_id,
        "text": message.text,
        "parse_mode": ParseMode.HTML,
        "link_preview_options": _NO_PREVIEW,
    }
    if message.edits is not None:
        return EditMessageText(**words, message_id=message.edits, reply_markup=_inline(message))
    around: dict[str, Any] = {
        "message_thread_id": address.thread_id,
        "reply_parameters": _reply(address),
        "reply_markup": _keyboard(message),
    }
    if message.photo is not None:
        photo = BufferedInputFile(message.photo, _PHOTO_NAME)
        return SendPhoto(
            chat_id=address.chat_id, photo=photo, caption=message.text, parse_mode=ParseMode.HTML, **around
        )
    if message.venue is not None:
        place = message.venue
        return SendVenue(
            chat_id=address.chat_id,
            latitude=place.position.lat,
            longitude=place.position.lon,
            title=place.title,
            address=place.address,
            **around,
        )
    return SendMessage(**words, **around)


def callback_data(payload: str) -> str:
    """Return what travels with a button: the payload, or a key in its place when Telegram would not take it."""
    if 0 < len(payload.encode()) <= _MAX_DATA_BYTES and not payload.startswith(KEY_MARK):
        return payload
    return f"{KEY_MARK}{sha256(payload.encode()).hexdigest()[:32]}"


def keyed_payloads(message: Outgoing) -> dict[str, str]:
    """Return the long payloads of a message by the keys that travel for them."""
    keyed = {callback_data(button.payload): button.payload for button in message.buttons}
    return {key: payload for key, payload in keyed.items() if key != payload}


def _reply(address: Address) -> ReplyParameters | None:
    if address.reply_to is None:
        return None
    return ReplyParameters(message_id=address.reply_to, allow_sending_without_reply=True)


def _keyboard(message: Outgoing) -> InlineKeyboardMarkup | ReplyKeyboardMarkup | None:
    if message.location_key is not None:
        key = KeyboardButton(text=message.location_key, request_location=True)
        return ReplyKeyboardMarkup(keyboard=[[key]], resize_keyboard=True, one_time_keyboard=True)
    return _inline(message)


def _inline(message: Outgoing) -> InlineKeyboardMarkup | None:
    """Return the buttons one a row, so that long titles stay readable; two short ones share a row."""
    rows: list[list[InlineKeyboardButton]] = []
    for button in message.buttons:
        shown = InlineKeyboardButton(text=button.title, callback_data=callback_data(button.payload))
        if rows and len(rows[-1]) == 1 and max(len(rows[-1][0].text), len(button.title)) <= _SHORT_TITLE:
            rows[-1].append(shown)
        else:
            rows.append([shown])
    return InlineKeyboardMarkup(inline_keyboard=rows) if rows else None
