"""The two sizes of a picture: a wide one that says everything itself, and one for the width of a phone."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Layout:
    """Size of a picture, edges of its plot and size of its letters, in units of the picture.

    A picture with `captions` bears title, limit and source; without them the names of the levels stand below the plot
    and the page says the rest in text. `marks` are pairs: up to so many points, a mark every so many hours.
    """

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    letters: int
    small_letters: int
    captions: bool
    marks: tuple[tuple[int, int], ...]

    def hours_between_marks(self, points: int) -> int:
        """Return after how many hours the next one is written, so that they do not run into each other."""
        return next((hours for most, hours in self.marks if points <= most), self.marks[-1][1])


WIDE = Layout(
    width=720,
    height=400,
    left=52,
    right=604,
    top=64,
    bottom=330,
    letters=13,
    small_letters=12,
    captions=True,
    marks=((36, 6), (80, 12), (200, 24)),
)
# A phone of 320 pixels leaves 246 for the picture: its letters are 12 pixels high there.
NARROW = Layout(
    width=280,
    height=330,
    left=38,
    right=258,
    top=30,
    bottom=216,
    letters=14,
    small_letters=14,
    captions=False,
    marks=((26, 6), (40, 12), (100, 24), (200, 48)),
)
