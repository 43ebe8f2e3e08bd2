"""A piece of a text replaced by another, and lines."""

from dataclasses import dataclass

from reporter.data.errors import Mark, ReporterError

BY_HAND = "change it by hand, in the file"


class EditError(ReporterError):
    """A change that cannot be written into a file; nothing was written."""


@dataclass(frozen=True, slots=True)
class Splice:
    """A piece of a text, and what stands there instead."""

    start: int
    replaced: str
    inserted: str

    @property
    def inverse(self) -> "Splice":
        return Splice(self.start, self.inserted, self.replaced)

    def apply(self, text: str) -> str:
        """The text with the piece replaced; ValueError where another one stands there."""
        end = self.start + len(self.replaced)
        if text[self.start : end] != self.replaced:
            raise ValueError(self.replaced)
        return text[: self.start] + self.inserted + text[end:]


def place_at(text: str, file: str, at: int) -> Mark:
    before = text[:at]
    return Mark(file, before.count("\n") + 1, len(before) - before.rfind("\n"))


def line_break(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    if end < 0:
        return len(text)
    return end - 1 if text[end - 1 : end] == "\r" else end


def next_line(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end + 1


def is_blank(text: str, start: int) -> bool:
    return not text[start : line_end(text, start)].strip()


def past_blank(text: str, start: int) -> int:
    while start < len(text) and is_blank(text, start):
        start = next_line(text, start)
    return start
