"""What the command line `hub` knows, for documents and files that name its commands."""

import re

from hub import cli

COMMANDS = set(cli._COMMANDS)
_CALL = re.compile(r"(?:^|(?<!-U)(?<!--owner)[\s`/(])hub ((?:[a-z]+|--help)\b[^`|;&>#)]*)")


def is_command(words: list[str]) -> bool:
    """Whether the words behind `hub` begin with a command, and each option among them belongs to it."""
    for length in (1, 2):
        command = tuple(words[:length])
        if command in COMMANDS:
            known = cli._ARGUMENTS.get(command, {})
            given = {word.partition("=")[0] for word in words[length:] if word.startswith("--")}
            required = {name for name, option in known.items() if option.get("required")}
            return required <= given <= set(known) | {"--help"}
    return words == ["--help"]


def named_commands(text: str) -> list[list[str]]:
    """Return the words behind every `hub` that begins a command in the text, without comments and redirections."""
    return [match[1].split() for line in text.splitlines() for match in _CALL.finditer(line)]
