"""A small package and the messages that are composed for it."""

from dataclasses import replace
from datetime import UTC, datetime

from reporter.files.checksum import checksum
from reporter.load.catalogue import read_settings
from reporter.submission.outgoing import OutgoingFile
from reporter.submission.sending import compose
from tests import post
from tests.snapshots import snapshot, translated

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


def settings_of(folder):
    settings, tree = read_settings(snapshot(folder))
    assert [] == [str(each) for each in tree.findings]
    return settings


def parcel(name="LT-2020.zip", content=post.FILLING) -> OutgoingFile:
    return OutgoingFile(name, content, checksum(content))


def composed(folder, code="commission", **changes):
    settings = settings_of(folder)
    to = replace(settings.recipient(code), **changes.pop("recipient", {}))
    locale = translated(to.language)
    return compose(changes.pop("parcel", parcel()), to, settings, locale, NOON)
