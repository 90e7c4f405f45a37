"""The two forms in which a call of the Bot API comes: urlencoded, or with files as multipart."""

from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from urllib.parse import parse_qsl


@dataclass(frozen=True)
class Form:
    """The parameters as they came, and the uploaded files by name."""

    fields: dict[str, str]
    files: dict[str, bytes] = field(default_factory=dict)


def form_of(content_type: str, body: bytes) -> Form:
    """Return the form in the body of a request."""
    if not content_type.startswith("multipart/"):
        return Form(dict(parse_qsl(body.decode(), keep_blank_values=True)))
    whole = BytesParser(policy=HTTP).parsebytes(b"Content-Type: " + content_type.encode() + b"\r\n\r\n" + body)
    form = Form({})
    for part in whole.iter_parts():
        name, content = part.get_param("name", header="content-disposition"), part.get_payload(decode=True)
        assert isinstance(name, str)
        assert isinstance(content, bytes)
        if part.get_filename():
            form.files[name] = content
        else:
            form.fields[name] = content.decode()
    return form
