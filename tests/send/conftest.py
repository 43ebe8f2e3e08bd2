"""What the tests of sending share."""

from pathlib import Path

import pytest

from reporter.formats.bagit import pack
from tests import post
from tests.send.packages import FILES, INFO
from tests.send.posting import Clock
from tests.send.queued import SENT, opened, queued


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return pack(tmp_path / "LT-2020-commission.zip", FILES, INFO).path


@pytest.fixture
def outbox(tmp_path):
    with opened(tmp_path / "submission") as made:
        yield made


@pytest.fixture
def acts(tmp_path) -> Path:
    with opened(tmp_path) as outbox:
        claim = outbox.claim(queued(outbox))
        outbox.hand_over(claim)
        outbox.settle(claim, SENT)
    return tmp_path


@pytest.fixture
def drop(tmp_path) -> Path:
    (tmp_path / "edamis").mkdir()
    return tmp_path


@pytest.fixture
def office(tmp_path):
    folder = post.workspace(tmp_path, post.Server(port=1))
    text = (folder / "reporter.yaml").read_text()
    (folder / "reporter.yaml").write_text(text.replace("  authority: ca/ca.pem\n", ""))
    return folder


@pytest.fixture(scope="session")
def vouched(tmp_path_factory) -> post.Authority:
    return post.authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def running(vouched, tmp_path):
    started = []

    def run(folder="work", *, context=vouched.context, trusted=vouched, plain=False, implicit=False, **options):
        mine = {each: options.pop(each) for each in ("log_in", "size") if each in options}
        one = post.Running(None if plain else context, implicit=implicit, **mine)
        server = one.__enter__()
        started.append(one)
        work_in = post.workspace(tmp_path / folder, server, security="tls" if implicit else "starttls", **options)
        (work_in / "ca").mkdir()
        (work_in / "ca" / "ca.pem").write_bytes(trusted.file.read_bytes())
        return server, work_in

    yield run
    for each in started:
        each.__exit__(None, None, None)


@pytest.fixture
def clock() -> Clock:
    return Clock()
