"""Write down messages that can be told again, and read them. What a page needs of a record to tell it is written, not
the record."""

from decimal import Decimal

from reporter.errors import Mark
from reporter.model import Activity, Confidentiality, Label, Observation, Qualifier, Status
from reporter.model.catalogue import Code
from reporter.model.telling import At, Told, tell


def to_plain(part: object) -> object:
    """A message, or a part of one, as plain values. Raises TypeError for what is none."""
    match part:
        case Told():
            return {"frame": part.frame, "parts": {name: to_plain(each) for name, each in part.parts.items()}}
        case tuple():
            return [to_plain(each) for each in part]
        case At():
            return {"at": part.address}
        case Activity(code=code, title=label) | Code(code=code, label=label):
            return {"code": code, "label": [list(pair) for pair in label.texts]}
        case Observation():
            said = [part.status.name, part.qualifier.name, part.confidentiality.name]
            return {"seen": [part.indicator, part.year, None if part.value is None else str(part.value), *said]}
        case Decimal():
            return {"number": str(part)}
        case None | str() | bool() | int():
            return part
    raise TypeError(part)


def from_plain(plain: object) -> object:
    """The message, or its part, that was written down. Of an activity or a record of the catalogue comes a code with
    its label. Raises ValueError, TypeError or LookupError for anything else."""
    match plain:
        case {"frame": str() as frame, "parts": dict() as parts}:
            return tell(frame, **{name: from_plain(each) for name, each in parts.items()})
        case list():
            return tuple(map(from_plain, plain))
        case {"at": str() as address}:
            return At(address)
        case {"code": str() as code, "label": list() as label}:
            return Code(code=code, label=Label(tuple((language, text) for language, text in label)))
        case {"seen": [str() as indicator, int() as year, value, status, qualifier, confidentiality]}:
            return Observation(
                country="",
                year=year,
                indicator=indicator,
                value=None if value is None else Decimal(value),
                mark=Mark("", 1, 1),
                vintage=year,
                source="",
                status=Status[status],
                qualifier=Qualifier[qualifier],
                confidentiality=Confidentiality[confidentiality],
            )
        case {"number": str() as number}:
            return Decimal(number)
        case None | str() | bool() | int():
            return plain
    raise TypeError(plain)
