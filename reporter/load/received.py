"""Read and write what agencies sent, under `data/LT/received/`."""

from collections.abc import Iterable

import yaml

from reporter.errors import DataError, Finding
from reporter.files.as_json import pick
from reporter.files.received import ReceivedPlace, asked_file, received_places
from reporter.files.sources import Sources
from reporter.load.shape_errors import validate
from reporter.load.written import Written
from reporter.load.yaml_tree import read_yaml
from reporter.model import Asked, AskedAgencies, Received

HEAD = """\
# yaml-language-server: $schema=../../../schema/received.json
# Written by reporter receive or import: what an agency sent, or a publication says, and where. No report has it.
"""
ASKED_HEAD = """\
# yaml-language-server: $schema=../../../schema/asked.json
# Written by reporter questionnaire: which agencies were asked, and when. No report is made from it.
"""
# Of words no line is broken.
WIDTH = 100_000
ReceivedShape, AskedShape = Written[Received], Written[AskedAgencies]


def read_received(sources: Sources, country: str, years: Iterable[int] = ()) -> tuple[Received, ...]:
    """Read what agencies of a country sent, for some years or all. Those of a year come together, in their order.
    Raises DataError where a file cannot be read."""
    made: list[Received] = []
    findings: list[Finding] = []
    wanted = frozenset(years)
    for place in sorted(received_places(sources, country)):
        if wanted and place.year not in wanted:
            continue
        tree = read_yaml(sources, place.path)
        shape = validate(tree, ReceivedShape)
        if shape:
            made.append(shape.made(tree, **pick(place, "country", "agency", "year", "number")))
        findings += tree.findings
    if findings:
        raise DataError(tuple(findings))
    return tuple(made)


class Quoted(str):
    """Words of others, in quotes whatever they hold."""

    __slots__ = ()


class _ReceivedDumper(yaml.SafeDumper):
    """Writes words of others so that they are read as nothing else."""


_ReceivedDumper.add_representer(
    Quoted, lambda dumper, words: dumper.represent_scalar("tag:yaml.org,2002:str", str(words), style='"')
)


class _PlainDumper(_ReceivedDumper):
    """Writes numbers as a person types them, and no quotes but around words of others."""


_PlainDumper.yaml_implicit_resolvers = {}


def plain_yaml(told: object) -> str:
    """Write what a file of a year says: the innermost lists and mappings on one line each."""
    style = {"default_flow_style": None, "allow_unicode": True, "sort_keys": False, "width": WIDTH}
    return str(yaml.dump_all([told], Dumper=_PlainDumper, **style))  # type: ignore[call-overload]


def quoted_yaml(told: dict[str, object]) -> str:
    """Write what others said; their words are read as nothing else."""
    return yaml.dump(_in_words(told), Dumper=_ReceivedDumper, allow_unicode=True, sort_keys=False, width=WIDTH)


def _in_words(told: object) -> object:
    if isinstance(told, dict):
        return {key: _in_words(each) for key, each in told.items()}
    if isinstance(told, list):
        return [_in_words(each) for each in told]
    return Quoted(told) if isinstance(told, str) else told


def received_text(received: Received) -> str:
    told = {"file": Quoted(received.file)} | pick(received, "sha256", "received")
    names = ("cell", "remark", "source", "definition", "kept", "by")
    told["answers"] = {
        each.figure: {"value": each.value} | {name: Quoted(text) for name in names if (text := getattr(each, name))}
        for each in received.answers
    }
    return HEAD + yaml.dump(told, Dumper=_ReceivedDumper, allow_unicode=True, sort_keys=False, width=WIDTH)


def read_asked(sources: Sources, country: str) -> tuple[Asked, ...]:
    """Read which agencies of a country were asked; raises DataError."""
    path = asked_file(country)
    if path not in sources:
        return ()
    tree = read_yaml(sources, path)
    shape = validate(tree, AskedShape)
    if shape is None or tree.findings:
        raise DataError(tuple(tree.findings))
    asked: tuple[Asked, ...] = shape.made(tree).asked
    return asked


def asked_text(asked: Iterable[Asked]) -> str:
    told = [
        pick(each, "agency", "year", "day", "sha256") | ({"reminded": list(each.reminded)} if each.reminded else {})
        for each in asked
    ]
    return ASKED_HEAD + yaml.safe_dump({"asked": told}, allow_unicode=True, sort_keys=False, width=WIDTH)


def place_of(received: Received) -> ReceivedPlace:
    return ReceivedPlace(received.country, received.year, received.agency, received.number)
