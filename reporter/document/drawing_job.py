"""What whoever draws is asked for."""

from typing import NamedTuple

from reporter.document.plot import Drawing


class DrawingJob(NamedTuple):
    """A drawing's name, what it shows, and its width in mm. One that is `titled` is for screens: it tells of the marks
    at which somebody points. One with `dots` is a picture of so many pixels to an inch, any other one of lines."""

    name: str
    plot: Drawing
    width: float
    titled: bool = False
    dots: int = 0
