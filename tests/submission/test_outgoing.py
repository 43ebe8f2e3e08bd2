"""A package in parts that keep the limit of a server."""

import os

import pytest

from reporter.errors import ReporterError, UsageError
from reporter.submission.message import contents
from reporter.submission.outgoing import read_outgoing
from tests import post
from tests.submission.messages import composed, parcel


@pytest.mark.parametrize("size", [0.1, 1.0, 2.9])
def test_parts_keep_the_limit_and_make_the_package(tmp_path, size):
    folder = post.workspace(tmp_path, post.Server(port=1), limit=1, split="true")
    content = os.urandom(int(size * 1_000_000))
    messages = composed(folder, parcel=parcel(content=content))
    assert content == contents([each.raw for each in messages], "email")
    assert all(len(each.raw) <= 1_000_000 for each in messages)
    assert [*range(1, len(messages) + 1)] == [each.part for each in messages]


def test_no_more_than_99_parts(tmp_path):
    folder = post.workspace(tmp_path, post.Server(port=1), limit=1, split="true")
    with pytest.raises(ReporterError, match="would need more than 99 messages"):
        composed(folder, parcel=parcel(content=bytes(80_000_000)))


def test_a_package_that_is_missing_or_empty_is_refused(tmp_path):
    (tmp_path / "empty.zip").touch()
    for name, why in (("none.zip", "No such file"), ("empty.zip", "is empty"), ("", "Is a directory")):
        with pytest.raises(UsageError, match=why):
            read_outgoing(tmp_path / name)
