"""The workbench, killed in the middle of the steps of a release."""

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from time import monotonic, sleep
from urllib.parse import urlsplit

from reporter.data.files.published import folder_of
from reporter.data.files.workspace import Workspace
from reporter.data.read.release import read_releases
from reporter.exchange.send.storage import read_history
from tests import post, small
from tests.workbench.release_bench import RELEASE, package_for
from tests.workbench.serving import Asker

# Milliseconds: a step makes and judges every file of an edition.
LONG = 600_000
COMMISSION = """\
  commission:
    channel: email
    address: unit@commission.internal
    language: en
    gets: [csv, metadata]
    audience: public
    name: {en: Coordinator}
"""
MAIL = """\
mail:
  host: localhost
  port: PORT
  from: rapporteur@ministry.internal
  authority: ca/ca.pem
  user: rapporteur
  text: {en: "The profile of {country} for {year}."}
"""


def office(root: Path, server: post.Server, status: str = "final") -> Path:
    """The small year of an office that sends to a mail server on loopback."""
    settings = small.FINAL["reporter.yaml"] + COMMISSION + MAIL.replace("PORT", str(server.port))
    year = small.FINAL[small.YEAR].replace("status: final", f"status: {status}")
    return small.write(root, {"reporter.yaml": settings, small.YEAR: year})


@contextmanager
def served(root: Path) -> Iterator[tuple[subprocess.Popen[str], Asker]]:
    """The workbench in a process of its own, and somebody who came in."""
    command = [sys.executable, "-m", "reporter", "serve", "--no-open", "-w", str(root)]
    running = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
    try:
        address = urlsplit(running.stdout.readline().strip() if running.stdout else "")
        asker = Asker(address.port or 0)
        cookie = asker.get(address.path).headers["set-cookie"].partition(";")[0]
        asker = asker.knowing(Cookie=f"{cookie}; reporter-person=Ana")
        until(lambda: "data-events" in asker.get(RELEASE).text)
        yield running, asker
    finally:
        running.kill()
        # Not until its output ends: a step that goes on holds that, too.
        running.wait()
        if running.stdout:
            running.stdout.close()


def until(holds: Callable[[], bool]) -> None:
    last = monotonic() + LONG / 1000
    while not holds():
        assert monotonic() < last
        sleep(0.1)


def test_publishing_and_packing_go_on_when_the_workbench_is_killed_and_a_later_edit_asks_for_a_corrigendum(
    tmp_path: Path,
) -> None:
    authority = post.authority(tmp_path / "ca")
    with post.Running(authority.context) as server:
        office(tmp_path, server)
        with served(tmp_path) as (process, asker):
            asker.post(f"{RELEASE}/publish", {"to": "figures"})
            assert "Ana, since" in asker.get(RELEASE).main
            process.send_signal(signal.SIGKILL)
            process.wait()
        until(lambda: bool(read_releases(Workspace(tmp_path).snapshot(), "XX", 2020)))
        with served(tmp_path) as (process, asker):
            until(lambda: 'id="publish" class="step is-done"' in asker.get(f"{RELEASE}?to=figures").text)
            until(lambda: 303 == asker.post(f"{RELEASE}/package", {"to": "figures"}).status)
            process.send_signal(signal.SIGKILL)
            process.wait()
        with served(tmp_path) as (_, asker):
            until(lambda: 'id="package" class="step is-done"' in asker.get(f"{RELEASE}?to=figures").text)
            published = {each: each.read_bytes() for each in (tmp_path / folder_of("XX")).rglob("*") if each.is_file()}
            year = tmp_path / small.YEAR
            year.write_text(year.read_text().replace("women: 60, men: 20", "women: 61, men: 19"))
            until(lambda: "Publishes corrigendum 1" in asker.get(RELEASE).main)
    assert published
    assert published == {each: each.read_bytes() for each in published}


def test_a_workbench_killed_while_it_sends_leaves_what_the_outbox_says(tmp_path: Path) -> None:
    authority, reached, go_on = post.authority(tmp_path / "ca"), Event(), Event()

    def wait(_: object) -> str:
        reached.set()
        go_on.wait(LONG / 1000)
        return "250 OK"

    with post.Running(authority.context, log_in=True) as server:
        office(tmp_path, server)
        package_for("commission", tmp_path)
        server.on["DATA"] = wait
        with served(tmp_path) as (process, asker):
            asker.post(f"{RELEASE}/send", {"to": "commission", "passphrase": post.PASSWORD})
            assert reached.wait(LONG / 1000)
            process.send_signal(signal.SIGKILL)
            process.wait()
        with served(tmp_path) as (_, asker):
            shown = asker.get(RELEASE).main
            go_on.set()
            assert "Number 1 is being sent." in shown
            until(lambda: ["sent"] == [each.state for each in read_history(tmp_path / "submission")])
            until(lambda: 'id="send" class="step is-done"' in asker.get(f"{RELEASE}?to=commission").text)
        assert 1 == len(server.got)
