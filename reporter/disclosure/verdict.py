"""What an audit finds."""

from dataclasses import dataclass
from enum import StrEnum

from reporter.disclosure.collecting import LooseNumber


class Leak(StrEnum):
    """How a withheld figure becomes known."""

    PRINTED = "printed"
    OUT = "out already"
    FOLLOWS = "follows"
    OPEN = "not proven"
    TYPED = "typed"


@dataclass(frozen=True, slots=True)
class Exposed:
    """A withheld figure that is not protected. `equations` betray it, as they stand in the publications; `places` are
    where it, or what it follows from, is printed."""

    figure: str
    year: int
    way: Leak
    lowest: int
    highest: int | None
    equations: tuple[str, ...] = ()
    places: tuple[str, ...] = ()

    def __str__(self) -> str:
        name = f"{self.figure} of {self.year}" if self.year else self.figure
        places = f" ({'; '.join(self.places)})" if self.places else ""
        match self.way:
            case Leak.PRINTED | Leak.OUT:
                return f"{name} is withheld, and {self.lowest} is printed{places}"
            case Leak.TYPED:
                return f"{name} is withheld, and a text seems to tell it{places}"
            case Leak.OPEN:
                return f"{name}: that it is protected could not be proven in time"
        told = "; ".join(self.equations)
        return f"{name} {self._span}{f': {told}' if told else ''}{places}"

    @property
    def _span(self) -> str:
        if self.lowest == self.highest:
            return f"can only be {self.lowest}"
        return (
            f"lies between {self.lowest} and {self.highest}"
            if self.highest is not None
            else f"is {self.lowest} or more"
        )


@dataclass(frozen=True, slots=True)
class Audit:
    """What an audit found. `elsewhere` are figures whose source is a publication, which tells them by what it shows:
    nobody else can protect them. `loose` are numbers of running text, first those that may tell a withheld figure;
    `unread` are files that nobody could read."""

    editions: tuple[str, ...]
    files: tuple[str, ...]
    numbers: int
    withheld: int
    exposed: tuple[Exposed, ...]
    elsewhere: tuple[Exposed, ...]
    suspects: tuple[LooseNumber, ...]
    loose: tuple[LooseNumber, ...]
    unread: tuple[tuple[str, str], ...]

    @property
    def passes(self) -> bool:
        return not (self.exposed or self.unread)
