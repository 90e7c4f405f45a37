"""The rules of the Bot API by which the stand-in judges every call: its specification as data and in words."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

SPEC_FILE = Path(__file__).parents[2].parent / "shared" / "specs" / "telegram-bot-api-10.1.json"

_TAGS = {"b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "a", "code", "pre", "blockquote", "tg-spoiler"}
_ENTITY = re.compile(r"&(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);")
_TAG = re.compile(r"</?[a-z-]+(?: [^<>]*)?>")
_ACTIONS = {
    "url", "callback_data", "web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat", "copy_text", "callback_game", "pay",
}  # fmt: skip

_LENGTHS = {
    "sendMessage": {"text": (1, 4096)},
    "editMessageText": {"text": (1, 4096)},
    "sendPhoto": {"caption": (0, 1024)},
    "sendVenue": {"title": (1, 4096), "address": (1, 4096)},
    "setMyDescription": {"description": (0, 512)},
    "setMyShortDescription": {"short_description": (0, 120)},
}
"""Least and most UTF-16 units of a text, once its mark-up is parsed."""


class BotApiSpec:
    """Judges calls; `problems` returns what is wrong with one, in words."""

    def __init__(self, spec: dict[str, Any]) -> None:
        self._methods = spec["methods"]
        self._types = spec["types"]

    @classmethod
    def load(cls) -> "BotApiSpec":
        return cls(json.loads(SPEC_FILE.read_text(encoding="utf-8")))

    def decoded(self, method: str, form: dict[str, str]) -> dict[str, Any]:
        """Return the parameters of a call that breaks no rule."""
        fields = {field["name"]: field["types"] for field in self._methods[method].get("fields", [])}
        return {name: _value(raw, fields[name]) for name, raw in form.items()}

    def problems(self, method: str, form: dict[str, str]) -> list[str]:
        """Return every rule that a call breaks; `form` holds the parameters as they came."""
        if method not in self._methods:
            return [f"unknown method {method}"]
        fields = {field["name"]: field for field in self._methods[method].get("fields", [])}
        found = [f"{method}: unknown parameter {name}" for name in form if name not in fields]
        found += [f"{method}: {name} is missing" for name, f in fields.items() if f["required"] and name not in form]
        values = {name: _value(form[name], fields[name]["types"]) for name in form if name in fields}
        for name, value in values.items():
            found += self._typed(f"{method}.{name}", value, fields[name]["types"])
        return found or [f"{method}: {problem}" for problem in self._rules(method, values)]

    def _typed(self, where: str, value: object, types: list[str]) -> list[str]:
        found = [self._as(where, value, name) for name in types]
        return [] if any(not problems for problems in found) else min(found, key=len)

    def _as(self, where: str, value: object, name: str) -> list[str]:
        if name.startswith("Array of "):
            if not isinstance(value, list):
                return [f"{where} is no array"]
            return [p for n, one in enumerate(value) for p in self._typed(f"{where}[{n}]", one, [name[9:]])]
        if name in {"Integer", "String", "Boolean", "Float"}:
            fits = {
                "Integer": isinstance(value, int) and not isinstance(value, bool),
                "String": isinstance(value, str),
                "Boolean": isinstance(value, bool),
                "Float": isinstance(value, int | float),
            }[name]
            return [] if fits else [f"{where} is no {name}"]
        return self._as_object(where, value, self._types[name])

    def _as_object(self, where: str, value: object, described: dict[str, Any]) -> list[str]:
        if described.get("subtypes"):
            return self._typed(where, value, described["subtypes"])
        if not isinstance(value, dict):
            return [f"{where} is no {described['name']}"]
        fields = {field["name"]: field for field in described.get("fields", [])}
        found = [f"{where}.{name} is unknown" for name in value if name not in fields]
        found += [f"{where}.{name} is missing" for name, f in fields.items() if f["required"] and name not in value]
        for name in value.keys() & fields.keys():
            found += self._typed(f"{where}.{name}", value[name], fields[name]["types"])
        return found

    def _rules(self, method: str, values: dict[str, Any]) -> list[str]:
        """Return what breaks the rules that the specification only has in words."""
        found = [
            problem for name, limits in _LENGTHS.get(method, {}).items() for problem in _misfits(values, name, limits)
        ]
        if method == "setMyCommands":
            found += [
                f"command {c['command']}"
                for c in values["commands"]
                if not re.fullmatch("[a-z0-9_]{1,32}", c["command"])
            ]
        if method == "setWebhook" and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", values.get("secret_token", "none")):
            found.append("secret_token may have only A-Z, a-z, 0-9, _ and -")
        return found + self._keyboard(values.get("reply_markup"), is_private=_is_private(values.get("chat_id", 1)))

    def _keyboard(self, markup: dict[str, Any] | None, *, is_private: bool) -> list[str]:
        found = []
        for row in (markup or {}).get("inline_keyboard", []):
            found += [] if row else ["an empty row"]
            for button in row:
                if len(_ACTIONS & button.keys()) != 1:
                    found.append("a button must have exactly one action")
                if not 1 <= len(button.get("callback_data", "x").encode()) <= 64:
                    found.append("callback_data must have 1-64 bytes")
                found += [] if button["text"].strip() else ["a button without text"]
        for row in (markup or {}).get("keyboard", []):
            found += [
                "request_location only in private chats" for k in row if k.get("request_location") and not is_private
            ]
        return found


def _misfits(values: dict[str, Any], name: str, limits: tuple[int, int]) -> list[str]:
    """Return what is wrong with a text: its mark-up, or its length."""
    text = values.get(name, "")
    seen, found = visible(text) if values.get("parse_mode") == "HTML" else (text, [])
    if not limits[0] <= len(seen.strip().encode("utf-16-le")) // 2 <= limits[1]:
        found.append(f"{name} must have {limits[0]}-{limits[1]} characters")
    return found


def _is_private(chat: int | str) -> bool:
    return isinstance(chat, int) and chat > 0


def _value(raw: str, types: list[str]) -> object:
    """Return a parameter as one of its types; texts stay texts."""
    if "String" in types and not ("Integer" in types and raw.lstrip("-").isdigit()):
        return raw
    try:
        return json.loads(raw)
    except ValueError:
        return raw


def visible(html: str) -> tuple[str, list[str]]:
    """Return the text that is left after parsing Telegram's HTML, and what is wrong with the mark-up."""
    parser = _Html()
    parser.feed(html)
    parser.close()
    problems = parser.problems + [f"<{tag}> is not closed" for tag in parser.open]
    if {"&", "<", ">"} & set(_TAG.sub("", _ENTITY.sub("", html))):
        problems.append("a bare &, < or > in HTML")
    return "".join(parser.text), problems


class _Html(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.open: list[str] = []
        self.problems: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _TAGS:
            self.problems.append(f"<{tag}> is not supported")
        if tag == "a" and not (dict(attrs).get("href") or "").startswith(("http://", "https://", "tg://")):
            self.problems.append("a link without an address")
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.problems.append(f"</{tag}> closes nothing")

    def handle_data(self, data: str) -> None:
        self.text.append(data)
