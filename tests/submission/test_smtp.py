"""Mail goes over TLS to a server that is trusted; what the server says becomes one line of printable signs."""

from base64 import b64encode

import pytest

from reporter.errors import ReporterError
from reporter.load.catalogue import read_settings
from reporter.submission.message_state import Claim, State, clean
from reporter.submission.smtp import SmtpChannel, tls_context
from tests import post
from tests.snapshots import snapshot
from tests.submission.posting import deliver, program


def test_what_a_server_says_becomes_one_line_of_printable_signs():
    assert "550 no [31m such user" == clean("550 no\r\n\x1b[31m such\x00user")
    assert ("x" * 300, "x" * 299 + "…") == (clean("x" * 300), clean("x" * 301))


def test_lines_that_begin_with_dots_arrive_as_they_were(running):
    server, folder = running()
    settings, _ = read_settings(snapshot(folder))
    raw = b"Subject: Dots\r\n\r\n.\r\n..two\r\nin the . middle\r\n.\r\n"
    claim = Claim(1, 1, "<id>", "dots", "", "mail", "thb@localhost.test", raw)
    answer = SmtpChannel(settings.mail, "", tls_context(folder / "ca/ca.pem")).deliver(claim, lambda: None)
    assert (State.SENT, [raw]) == (answer.state, server.got)


def test_a_certificate_of_another_authority_or_server_is_refused(running, clock, tmp_path):
    other = post.authority(tmp_path / "other")
    strange = post.authority(tmp_path / "strange", "smtp.other.internal")
    for options, why in (
        ({"trusted": other}, "is not trusted: "),
        ({"context": strange.context, "trusted": strange}, "Hostname mismatch"),
    ):
        server, folder = running(why[:5], **options)
        state, said = deliver(folder, clock)
        assert (State.FAILED, True, []) == (state, why in said, server.got)


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_without_encryption_nothing_is_said_to_a_server(running, clock, security):
    server, folder = running(plain=True, user="rapporteur")
    text = (folder / "reporter.yaml").read_text()
    (folder / "reporter.yaml").write_text(text.replace("security: starttls", f"security: {security}"))
    state, said = deliver(folder, clock, password=post.PASSWORD)
    assert State.FAILED == state
    assert said.startswith(
        f"localhost:{server.port} offers no encryption"
        if security == "starttls"
        else f"no encrypted connection with localhost:{server.port}: "
    )
    assert set() == {"AUTH", "MAIL", "RCPT", "DATA"} & set(server.seen)


# The server means STARTTLS when it says TLS.
@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS:UserWarning")
@pytest.mark.parametrize("implicit", [False, True])
def test_a_server_that_asks_for_a_password_gets_it(running, clock, implicit):
    server, folder = running(log_in=True, user="rapporteur", implicit=implicit)
    assert State.SENT == deliver(folder, clock, password=post.PASSWORD)[0]
    assert 1 == len(server.got)


def test_a_wrong_password_fails_and_is_told_nowhere(running):
    server, folder = running(log_in=True, user="rapporteur")
    done = program(folder, "send", "LT-2020.zip", "--to", "commission", "-v", password="slaptas-zodis-1")
    assert (1, "1 failed: ") == (done.returncode, done.stdout[:10])
    assert "535 5.7.8" in done.stdout
    said = [done.stdout, done.stderr, program(folder, "outbox", "--log").stdout]
    kept = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    assert not any("slaptas-zodis-1" in each for each in said)
    assert not any(b"slaptas-zodis-1" in each for each in kept)
    assert [] == server.got


@pytest.mark.parametrize("said", [post.PASSWORD, f"\0rapporteur\0{post.PASSWORD}"])
def test_a_password_that_a_server_repeats_in_base64_is_told_nowhere(running, clock, said):
    secret = b64encode(said.encode()).decode()
    server, folder = running(log_in=True, user="rapporteur")
    server.on["RCPT"] = f"550 5.1.1 {secret} is no user"
    assert (State.FAILED, "550 5.1.1 … is no user") == deliver(folder, clock, password=post.PASSWORD)


def test_without_a_password_nothing_is_tried(running):
    _, folder = running(log_in=True, user="rapporteur")
    done = program(folder, "send", "LT-2020.zip", "--to", "commission")
    assert (2, "") == (done.returncode, done.stdout)
    assert "set REPORTER_SMTP_PASSWORD, or run this on a terminal" in done.stderr
    assert not (folder / "submission").exists()


def test_a_file_that_is_no_authority_is_refused(tmp_path):
    (tmp_path / "ca.pem").write_text("no certificate")
    with pytest.raises(ReporterError, match="holds no certificates"):
        tls_context(tmp_path / "ca.pem")
