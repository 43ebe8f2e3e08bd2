"""A lost or silent network, at each stage: it is known what arrived, nothing is signed in part, and all goes on."""

import shutil

import pytest

from exhaustive.lines import ANSWER, Line, Peer
from exhaustive.striking import (
    BUILD,
    CUTS,
    MAILED,
    PACK,
    PACKAGE,
    PDF,
    QUEUED,
    RESEND,
    SENT,
    SIGNED,
    UNKNOWN,
    rerun,
    run,
    sending,
    tree,
    well,
)
from exhaustive.tally import LOST
from tests import post

SEND = ("send", MAILED, "--to", "unit", "--by", "R. P.")
ALONE = ("send", "--by", "R. P.")
GREETING = b"220 localhost ready\r\n"
HTML = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>"
BUSY = b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n"
# Those who are no mail server, and no timestamp authority.
NO_SERVERS = {"hangs up": Peer, "is silent": lambda: Peer(stays=True), "greets": lambda: Peer(GREETING, stays=True)}
NO_STAMPS = {
    "hangs up": Peer,
    "is silent": lambda: Peer(stays=True),
    "says a page": lambda: Peer(HTML),
    "says it is busy": lambda: Peer(BUSY),
}
# What the server does not answer, and the state that is left.
DROPS = {"EHLO": QUEUED, "MAIL": QUEUED, "RCPT": QUEUED, "DATA": UNKNOWN}


def test_a_message_whose_line_is_lost_is_in_the_right_state_and_goes(program, folder, tmp_path, vouched, survived):
    """By bytes from the first one to the last but one; by commands; and servers that are none."""
    with post.Running(vouched.context) as server:
        port = server.port
        ready = sending(program, folder, server, vouched)
        for number, (cut, expected) in enumerate(CUTS):
            server.got.clear()
            with Line(port, cut) as line:
                struck = aimed(ready, tmp_path / f"cut-{number}", port, line.port)
                assert expected == rerun(program, struck, SEND)
                assert (1 if cut == ANSWER else 0) == len(server.got)
                line.mend()
                goes_on(program, struck, expected)
            assert (2 if cut == ANSWER else 1) == len(server.got)
        for command, expected in DROPS.items():
            server.got.clear()
            server.on[command] = post.drop
            struck = shutil.copytree(ready, tmp_path / f"drop-{command}")
            assert expected == rerun(program, struck, SEND)
            server.on.clear()
            goes_on(program, struck, expected)
            assert 1 == len(server.got)
        for name, peer in NO_SERVERS.items():
            server.got.clear()
            with peer() as nobody:
                struck = aimed(ready, tmp_path / f"nobody-{name}", port, nobody.port)
                assert QUEUED == rerun(program, struck, SEND)
            # Now nobody listens there at all.
            assert QUEUED == rerun(program, struck, SEND)
            goes_on(program, aimed(struck, tmp_path / f"somebody-{name}", nobody.port, port), QUEUED)
            assert 1 == len(server.got)
    survived(LOST, "send by mail", len(CUTS) + len(DROPS) + 2 * len(NO_SERVERS))


def aimed(folder, target, before: int, after: int):
    """A copy of a workspace whose mail server has another port."""
    copied = shutil.copytree(folder, target)
    settings = (copied / "reporter.yaml").read_text()
    (copied / "reporter.yaml").write_text(settings.replace(f"port: {before}", f"port: {after}"))
    return copied


def goes_on(program, folder, state: str) -> None:
    """What waits goes by itself when its time has come; what may have arrived goes when a person says so."""
    assert state == rerun(program, folder, SEND)
    if state == UNKNOWN:
        assert UNKNOWN == rerun(program, folder, ALONE, hours=240)
        well(program, folder, RESEND)
    else:
        assert 0 == run(program, folder, ALONE, hours=1).code
    assert SENT == rerun(program, folder, SEND)


@pytest.mark.parametrize("file", [PDF, PACKAGE])
def test_without_a_timestamp_authority_nothing_is_signed_in_part(program, folder, seals, survived, file):
    for each in (BUILD, PACK):
        well(program, folder, each)
    before = tree(folder)
    sign = ("sign", file, "--key", "seal.p12", "--trust", str(seals.root), "--tsa")
    for peer in NO_STAMPS.values():
        with peer() as nobody:
            ended = run(program, folder, (*sign, f"http://127.0.0.1:{nobody.port}"))
        assert (1, True, before) == (ended.code, "hint: " in ended.err, tree(folder)), ended
    ended = run(program, folder, (*sign, f"http://127.0.0.1:{nobody.port}"))
    assert (1, True, before) == (ended.code, "hint: " in ended.err, tree(folder)), ended
    well(program, folder, (*sign, seals.tsa))
    assert (folder / file.replace(".", "-signed.")).is_file()
    if file == PACKAGE:
        assert "passed       signature" in well(program, folder, ("verify", SIGNED, "--trust", str(seals.root))).out
    survived(LOST, f"sign {'a package' if file == PACKAGE else 'a PDF'}", len(NO_STAMPS) + 1)
