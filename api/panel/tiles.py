"""Figures that stand on their own: one number each, with what it means."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Tile:
    """A figure; `path` leads to what lies behind it."""

    title: str
    figure: str
    note: str
    path: str = ""
