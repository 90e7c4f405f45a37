"""The rules of Twilio's Messages API by which the stand-in judges every call: its OpenAPI document, and its words."""

import json
import re
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

SPEC_FILE = Path(__file__).parents[2].parent / "shared" / "specs" / "twilio_api_v2010.json"

_CREATE = "/2010-04-01/Accounts/{AccountSid}/Messages.json"
_FETCH = "/2010-04-01/Accounts/{AccountSid}/Messages/{Sid}.json"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_E164 = re.compile(r"\+[1-9]\d{6,14}")
_SENDER = re.compile(r"\+[1-9]\d{6,14}|\d{4,6}|(?=.*[A-Za-z])[A-Za-z0-9 &+_-]{1,11}")
_LONGEST_BODY = 1600
Form = list[tuple[str, str]]


class MessagesSpec:
    """Judges calls that create a message; `problems` returns what is wrong with one, in words."""

    def __init__(self, spec: dict[str, Any]) -> None:
        operation = spec["paths"][_CREATE]["post"]
        self._refs = {f"#/components/schemas/{name}": schema for name, schema in spec["components"]["schemas"].items()}
        self._filters = {one["name"]: one["schema"] for one in spec["paths"][_CREATE]["get"]["parameters"]}
        self._sid = re.compile(_pattern(spec["paths"][_FETCH]["get"]["parameters"], "Sid"))
        self._account = re.compile(operation["parameters"][0]["schema"]["pattern"])
        self._form = operation["requestBody"]["content"]["application/x-www-form-urlencoded"]["schema"]
        created = operation["responses"]["201"]["content"]["application/json"]
        self._answer = created["examples"]["createWoService"]["value"]

    @classmethod
    def load(cls) -> "MessagesSpec":
        return cls(json.loads(SPEC_FILE.read_text(encoding="utf-8")))

    def created(self, **changes: str) -> dict[str, Any]:
        """Return the document's example of an answer with changes."""
        return {**self._answer, **changes}

    def problems(self, path: str, content_type: str, form: Form) -> list[str]:
        """Return every rule that a call breaks."""
        before, after = _CREATE.split("{AccountSid}")
        if not (path.startswith(before) and path.endswith(after)):
            return [f"unknown path {path}"]
        account = path.removeprefix(before).removesuffix(after)
        found = [] if self._account.search(account) else [f"the account {account} has another form"]
        if content_type.partition(";")[0] != "application/x-www-form-urlencoded":
            found.append(f"the content type is {content_type}")
        return found + self._form_problems(form)

    def query_problems(self, path: str, query: Form) -> list[str]:
        """Return every rule that a question about messages breaks."""
        wanted = path.rpartition("/")[2].removesuffix(".json")
        if wanted != "Messages":
            return ([] if self._sid.search(wanted) else [f"the message {wanted} has another form"]) + [
                f"{name} is unknown" for name, _ in query
            ]
        found = [f"{name} is unknown" for name, _ in query if name not in self._filters]
        for name, value in query:
            if name.startswith("DateSent"):
                found += [] if _DAY.fullmatch(value) else [f"{name} is no day"]
            else:
                found += [f"{name} {problem}" for problem in self._typed(value, self._filters.get(name, {}))]
        return found

    def _form_problems(self, form: Form) -> list[str]:
        schemas, values = self._form["properties"], dict(form)
        found = [f"{name} is unknown" for name in values if name not in schemas]
        found += [f"{name} is missing" for name in self._form["required"] if not values.get(name)]
        for name, count in Counter(name for name, _ in form).items():
            if count > 1 and schemas.get(name, {}).get("type") != "array":
                found.append(f"{name} is repeated")
        for name, value in form:
            found += [f"{name} {problem}" for problem in self._typed(value, schemas.get(name, {}))]
        return found + _in_words(values)

    def _typed(self, value: str, schema: dict[str, Any]) -> list[str]:
        schema = self._refs[schema["$ref"]] if "$ref" in schema else schema
        if schema.get("type") == "array":
            return self._typed(value, schema["items"])
        form = {"integer": r"-?\d+", "number": r"-?\d+(\.\d+)?", "boolean": "true|false"}.get(schema.get("type", ""))
        found = [] if form is None or re.fullmatch(form, value) else [f"is no {schema['type']}"]
        if "enum" in schema and value not in schema["enum"]:
            found.append("is none of the values")
        if not schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", len(value)):
            found.append("has another length")
        if "pattern" in schema and not re.search(schema["pattern"], value):
            found.append("has another form")
        return found + _formatted(value, schema.get("format", ""))


def _pattern(parameters: list[dict[str, Any]], name: str) -> str:
    return next(str(one["schema"]["pattern"]) for one in parameters if one["name"] == name)


def _formatted(value: str, form: str) -> list[str]:
    if form == "uri":
        url = urlsplit(value)
        return [] if url.scheme in {"http", "https"} and url.hostname and "_" not in url.hostname else ["is no address"]
    if form == "date-time":
        try:
            datetime.fromisoformat(value)
        except ValueError:
            return ["is no time"]
    return []


def _in_words(values: dict[str, str]) -> list[str]:
    """Return what breaks the rules that the document only has in words."""
    found = []
    if "To" in values and not _E164.fullmatch(values["To"]):
        found.append("To is not in E.164")
    if "From" in values and not _SENDER.fullmatch(values["From"]):
        found.append("From is no number, short code or name")
    if not values.keys() & {"From", "MessagingServiceSid"}:
        found.append("From or MessagingServiceSid is missing")
    if not any(values.get(name) for name in ("Body", "MediaUrl", "ContentSid")):
        found.append("Body, MediaUrl or ContentSid is missing")
    if len(values.get("Body", "")) > _LONGEST_BODY:
        found.append(f"Body is longer than {_LONGEST_BODY}")
    return found
