"""The JSON body of a request, read by us so that what is wrong with it is told in Polish."""

from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from api.problems import Problem

_UNREADABLE = "Nie udało się odczytać danych. Proszę wysłać JSON zgodny z opisem; do sprawdzenia: {field}."

_Payload = TypeVar("_Payload", bound=BaseModel)


def read_json(body: bytes, schema: type[_Payload]) -> _Payload:
    """Return what a body says.

    Raises:
        Problem: 422, it is no such JSON; the sentence names the first field to look at.
    """
    try:
        return schema.model_validate_json(body)
    except ValidationError as error:
        field = ".".join(str(part) for part in error.errors(include_input=False, include_url=False)[0]["loc"])
        raise Problem(422, _UNREADABLE.format(field=field or "cała treść")) from error


def described(schema: type[BaseModel], *, required: bool = True) -> dict[str, Any]:
    """Return the part of a route's OpenAPI description that says what its body looks like."""
    content = {"application/json": {"schema": schema.model_json_schema()}}
    return {"requestBody": {"required": required, "content": content}}
