"""Read and write the files of published editions and their approvals, in `data/LT/editions/`."""

import json
from collections.abc import Iterable
from dataclasses import replace

import yaml

from reporter.data.errors import DataError, Mark, error_at
from reporter.data.files.as_json import pick
from reporter.data.files.published import approvals_file, file_of, published_numbers, store_of
from reporter.data.files.sources import Sources, checksum, list_checksum
from reporter.data.read.shape_errors import validate
from reporter.data.read.shapes import ApprovalsShape, ReleaseShape
from reporter.data.read.yaml_tree import Tree, read_yaml
from reporter.data.records import Approval, Label, folded_name
from reporter.data.records.release import Release

HEAD = """\
# yaml-language-server: $schema=../../../schema/edition.json
# Written by reporter publish. It records what was published: never change it by hand.
"""


def frozen_sources(sources: Sources, release: Release) -> Sources:
    return sources.below(store_of(release.country, release.year, release.number))


def read_releases(sources: Sources, country: str, year: int) -> tuple[Release, ...]:
    """Read all published numbers of an edition, 0 first. Raises DataError if a file is missing or was changed."""
    numbers = sorted(number for edition_year, number in published_numbers(sources, country) if edition_year == year)
    trees = [read_yaml(sources, file_of(country, year, number)) for number in numbers]
    releases = [_read(tree, country, year, number) for tree, number in zip(trees, numbers, strict=True)]
    findings = [finding for tree in trees for finding in tree.findings]
    for number in (candidate for candidate in range(len(numbers)) if candidate not in numbers):
        hint = "restore the file from a copy: no number of a published edition may be lost"
        mark = Mark(file_of(country, year, number))
        findings.append(error_at(mark, "missing-file", "file of a published edition is missing", hint))
    if findings:
        raise DataError(tuple(findings))
    return tuple(release for release in releases if release)


def _read(tree: Tree, country: str, year: int, number: int) -> Release | None:
    shape = validate(tree, ReleaseShape)
    if shape is None:
        return None
    # The seal covers the reason as written.
    reason, program = Label(tuple(shape.reason.items())), shape.program
    release = shape.build(tree, reason=reason, program=program.version, code=program.sha256)
    for key, expected in (("country", country), ("year", year), ("number", number)):
        value = getattr(release, key)
        if value != expected:
            message = f"{key} is {value}, but by the file name it should be {expected}"
            tree.error(tree.mark(key), "file-name", message, "restore the name of the file")
    if seal_of(release) != release.seal:
        message = "the file was changed after publication: its seal does not match"
        tree.error(tree.mark("seal"), "edition-altered", message, "restore it from a copy or version control")
    return release


def seal_of(release: Release) -> str:
    """Compute the seal: the checksum of everything else in the file."""
    return checksum(json.dumps(_plain(release), ensure_ascii=False, sort_keys=True))


def add_seal(release: Release) -> Release:
    return replace(release, seal=seal_of(release))


def release_text(release: Release) -> str:
    values = _plain(release) | {"seal": release.seal}
    return HEAD + yaml.safe_dump(values, allow_unicode=True, sort_keys=False, width=1000)


def _plain(release: Release) -> dict[str, object]:
    reason: dict[str, object] = {"reason": dict(release.reason.texts)} if release.reason else {}
    approved = [pick(approval, "by", "date", "sha256") for approval in release.approved]
    return {
        "country": release.country,
        "year": release.year,
        "number": release.number,
        "published": release.date,
        "by": release.by,
        **reason,
        **({"approved": approved} if approved else {}),
        "program": {"version": release.program, "sha256": release.code},
        **{name: dict(getattr(release, name)) for name in ("engines", "fonts", "inputs", "files")},
    }


APPROVALS_HEAD = """\
# yaml-language-server: $schema=../../../schema/approvals.json
# Written by reporter approve. It records who approved what: never change it by hand.
"""
PLAIN = ("number", "by", "date", "sha256", "public", "warnings", "accepted", "program")
PUT_BACK = "restore the file from version control or the backup, or delete it and approve again"


def read_approvals(sources: Sources, country: str, year: int) -> tuple[Approval, ...]:
    """Read all approvals of an edition, oldest first. Raises DataError if unreadable or changed by hand."""
    path = approvals_file(country, year)
    if path not in sources:
        return ()
    tree = read_yaml(sources, path)
    shape = validate(tree, ApprovalsShape)
    approvals: list[Approval] = []
    if shape:
        for key, value, expected in (("country", shape.country, country), ("year", shape.year, year)):
            if value != expected:
                message = f"{key} is {value}, but by the file name it should be {expected}"
                tree.error(tree.mark(key), "file-name", message, PUT_BACK)
        approvals = [entry.build(tree, "approvals", str(at)) for at, entry in enumerate(shape.approvals)]
    for approval in approvals:
        if seal_of_approval(approval, country, year) != approval.seal:
            message = f"the approval by {approval.by or 'nobody'} was changed by hand: its seal does not match"
            tree.error(approval.mark, "approval-altered", message, PUT_BACK)
        elif not folded_name(approval.by) or list_checksum(dict(approval.files)) != approval.sha256:
            what = "names no person" if not folded_name(approval.by) else "lists files that do not match its checksum"
            tree.error(approval.mark, "approval-altered", f"the approval {what}", PUT_BACK)
    if tree.findings:
        raise DataError(tuple(tree.findings))
    return tuple(approvals)


def seal_of_approval(approval: Approval, country: str, year: int) -> str:
    """Compute the seal: the checksum of everything else, and of country and year, so that it fits no other edition."""
    return checksum(json.dumps([country, year, _approval(approval)], ensure_ascii=False, sort_keys=True))


def approvals_text(approvals: Iterable[Approval], country: str, year: int) -> str:
    sealed = [replace(approval, seal=seal_of_approval(approval, country, year)) for approval in approvals]
    data = {"country": country, "year": year, "approvals": [_approval(item) | {"seal": item.seal} for item in sealed]}
    return APPROVALS_HEAD + yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=1000)


def _approval(approval: Approval) -> dict[str, object]:
    more = {name: value for name, value in pick(approval, "note", "withdrawn").items() if value}
    return pick(approval, *PLAIN) | more | {"files": dict(approval.files)}
