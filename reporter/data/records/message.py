"""Messages that can be rendered again, translated and with labels. On screen, a message is plain English and names a
figure by its address; a page uses its own words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reporter.data.records.catalogue import Code, Dimension
from reporter.data.records.country import Activity
from reporter.data.records.observation import Observation, Qualifier, is_given


@dataclass(frozen=True, slots=True)
class At:
    """A figure, named by its address."""

    address: str

    def __str__(self) -> str:
        return self.address


class Told(str):
    """A message in English that knows its parts. `frame` is translated, and `parts` fill its places by name: records (a
    page shows their labels), values and numbers, other messages, lists of these, years and the author's words
    unchanged."""

    frame: str
    parts: Mapping[str, object]

    def __reduce__(self) -> tuple[object, ...]:
        return _again, (self.frame, dict(self.parts))


def tell(frame: str, **parts: object) -> Told:
    message = Told(frame.format(**{name: _plain(part) for name, part in parts.items()}))
    message.frame, message.parts = frame, parts
    return message


def joined_messages(messages: Iterable[str], sign: str = "; ", end: str = "") -> Told:
    message_by_name = {f"_{n}": message for n, message in enumerate(messages)}
    return tell(sign.join(f"{{{name}}}" for name in message_by_name) + end, **message_by_name)


def _again(frame: str, parts: Mapping[str, object]) -> Told:
    return tell(frame, **parts)


def _plain(part: object) -> object:
    match part:
        case tuple():
            *first, last = map(_plain, part)
            return f"{', '.join(map(str, first))} and {last}" if first else last
        case Observation() | None:
            return _value(part)
        case Activity() | Code() | Dimension():
            return part.code
        case _:
            return part


def _value(item: Observation | None) -> str:
    """A value in a message: `35`, `at least 100`, `missing`."""
    if item is None:
        return "missing"
    if not is_given(item):
        return str(item.status)
    return str(item.value) if item.qualifier is Qualifier.EXACT else f"{item.qualifier} {item.value}"
