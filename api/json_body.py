"""The JSON body of a request, read by us so that what is wrong with it is told in Polish."""

from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from api.problems import Problem, unreadable

_Payload = TypeVar("_Payload", bound=BaseModel)


def read_json(body: bytes, schema: type[_Payload]) -> _Payload:
    """Return what a body says.

    Raises:
        Problem: 422, it is no such JSON; the sentence names the first field to look at.
    """
    try:
        return schema.model_validate_json(body)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        raise Problem(422, unreadable(first["loc"])) from error


def described(schema: type[BaseModel], *, required: bool = True) -> dict[str, Any]:
    """Return the part of a route's OpenAPI description that says what its body looks like."""
    content = {"application/json": {"schema": _inlined(schema.model_json_schema())}}
    return {"requestBody": {"required": required, "content": content}}


def _inlined(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a schema with its parts in place of the references to them, which lead nowhere in another document."""
    parts = schema.pop("$defs", {})

    def whole(value: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
        if isinstance(value, list):
            return [whole(each) for each in value]
        if not isinstance(value, dict):
            return value
        if "$ref" in value:
            return whole(parts[value["$ref"].rpartition("/")[2]])
        return {name: whole(each) for name, each in value.items()}

    inlined: dict[str, Any] = whole(schema)
    return inlined
