"""Read and write the approvals of editions. They lie beside the records of what was published:
`data/LT/editions/2021-approvals.yaml`."""

import json
from collections.abc import Iterable
from dataclasses import replace

import yaml

from reporter.errors import DataError
from reporter.files.as_json import pick
from reporter.files.checksum import checksum, list_checksum
from reporter.files.published import approvals_file
from reporter.files.sources import Sources
from reporter.load.shape_errors import validate
from reporter.load.shapes import ApprovalsShape
from reporter.load.yaml_tree import read_yaml
from reporter.model import Approval, folded_name

HEAD = """\
# yaml-language-server: $schema=../../../schema/approvals.json
# Written by reporter approve. It tells who approved what: never change it by hand.
"""
PLAIN = ("number", "by", "date", "sha256", "public", "warnings", "accepted", "program")
PUT_BACK = "put the file back from version control or the back-up, or delete it and approve anew"


def read_approvals(sources: Sources, country: str, year: int) -> tuple[Approval, ...]:
    """Read all approvals of an edition, the first one first. Raises DataError when the file cannot be read, or was
    changed by hand."""
    path = approvals_file(country, year)
    if path not in sources:
        return ()
    tree = read_yaml(sources, path)
    shape = validate(tree, ApprovalsShape)
    made: list[Approval] = []
    if shape:
        for key, told, expected in (("country", shape.country, country), ("year", shape.year, year)):
            if told != expected:
                message = f"{key} is {told}, but the name of the file says {expected}"
                tree.error(tree.mark(key), "file-name", message, PUT_BACK)
        made = [each.made(tree, "approvals", str(at)) for at, each in enumerate(shape.approvals)]
    for each in made:
        if seal_of_approval(each, country, year) != each.seal:
            message = f"the approval by {each.by or 'nobody'} was changed by hand: its seal does not fit"
            tree.error(each.mark, "approval-altered", message, PUT_BACK)
        elif not folded_name(each.by) or list_checksum(dict(each.files)) != each.sha256:
            what = "names nobody" if not folded_name(each.by) else "lists other files than its checksum is of"
            tree.error(each.mark, "approval-altered", f"the approval {what}", PUT_BACK)
    if tree.findings:
        raise DataError(tuple(tree.findings))
    return tuple(made)


def seal_of_approval(each: Approval, country: str, year: int) -> str:
    """Compute the seal: the checksum of everything else in it. Country and year have a part in it, so that it fits no
    other edition."""
    return checksum(json.dumps([country, year, _plain(each)], ensure_ascii=False, sort_keys=True))


def approvals_text(approvals: Iterable[Approval], country: str, year: int) -> str:
    sealed = [replace(each, seal=seal_of_approval(each, country, year)) for each in approvals]
    told = {"country": country, "year": year, "approvals": [_plain(each) | {"seal": each.seal} for each in sealed]}
    return HEAD + yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=1000)


def _plain(each: Approval) -> dict[str, object]:
    more = {name: value for name, value in pick(each, "note", "withdrawn").items() if value}
    return pick(each, *PLAIN) | more | {"files": dict(each.files)}
