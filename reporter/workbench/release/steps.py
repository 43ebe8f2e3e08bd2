"""One step of a release in a process of its own, run by the same rooms as the commands, with the same results."""

import logging
import signal
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Lock, Thread

from reporter.data.errors import HINT, DataError, ReporterError
from reporter.data.extras import extra
from reporter.data.files.workspace import Workspace
from reporter.data.records import Audience, Label
from reporter.editions.job import Job, select
from reporter.editions.making.order import BEGUN, DONE, Show, UnmadeError
from reporter.exchange.package.packaging import place_of
from reporter.exchange.package.packing import pack_edition, ready_edition
from reporter.exchange.package.signable import is_signed_before, signing_targets
from reporter.exchange.publish.publishing import PublishRequest, publish
from reporter.exchange.send.dispatching import (
    make_transports,
    open_outbox,
    prepare_sending,
    queue_and_deliver,
    release_and_deliver,
    signed_package_for,
)
from reporter.exchange.send.outgoing import load_settings, recipient_of
from reporter.formats.bagit.bag import signed_name

FAULTS = logging.getLogger(__name__)
FAULT = ("fault in the program", "the terminal shows what happened; send that to the maintainers")
MOST_LISTED = 6
# What a document goes through, one after the other.
STAGES = (BEGUN, "reading and checking", "drawing charts", "laying out pages", "validating", "writing", DONE)


@dataclass(frozen=True, slots=True)
class StepOrder:
    """A requested step. `key` is a key file's content and `source` its name, or a card's address. It has no secret."""

    step: str
    workspace: Workspace
    country: str
    year: int
    person: str
    today: str
    recipient: str = ""
    audience: Audience = Audience.PUBLIC
    reason: tuple[tuple[str, str], ...] = ()
    again: str = ""
    number: int = 0
    older: bool = False
    source: str = ""
    key: bytes = b""

    @property
    def place(self) -> Path:
        return place_of(self.workspace, self.country, self.year, self.recipient, self.audience)

    @property
    def package(self) -> Path:
        """The package for the recipient, signed if it was signed."""
        signed = self.place.with_name(signed_name(self.place.name))
        return signed if signed.exists() else self.place


@dataclass(frozen=True, slots=True)
class StepNews:
    """The progress and result of a step. `ready` of `total` documents are made, the one in a `language` is at a
    `stage`; `share` of all stages is done; `problem` and `hint` are why it failed, once `ended`."""

    ready: int = 0
    total: int = 0
    share: float = 0
    ended: bool = False
    problem: str = ""
    hint: str = ""
    language: str = ""
    stage: str = ""


Tell = Callable[[StepNews], None]


def take_step(order: StepOrder, pipe: Connection) -> None:
    """Run a step and send its news through the pipe, on which the secret it needs comes first."""
    # Ctrl-C ends the workbench; a running step is finished.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    secret = pipe.recv_bytes().decode()
    ended = StepNews(ended=True)
    try:
        STEPS[order.step](order, secret, partial(_tell, pipe))
    except DataError as problem:
        ended = StepNews(ended=True, problem=_listed([str(finding) for finding in problem.findings]))
    except UnmadeError as problem:
        message, _, hint = problem.message.partition(HINT)
        ended = StepNews(ended=True, problem=_listed([*map(str, problem.outcomes[0].findings), message]), hint=hint)
    except ReporterError as problem:
        ended = StepNews(ended=True, problem=problem.message, hint=problem.hint)
    except OSError as problem:
        hint = "free space on the disk, or correct the access rights of the folder; existing files are unchanged"
        ended = StepNews(ended=True, problem=f"a file cannot be read or written: {problem.strerror}", hint=hint)
    except Exception:
        FAULTS.exception("a step of a release failed")
        ended = StepNews(ended=True, problem=FAULT[0], hint=FAULT[1])
    _tell(pipe, ended)


def _tell(pipe: Connection, news: StepNews) -> None:
    # The workbench was killed; the step goes on.
    with suppress(OSError):
        pipe.send(news)


def _telling(tell: Tell, total: int = 0) -> Show:
    stages: dict[Job, str] = {}

    def hear(job: Job, stage: str) -> None:
        stages[job] = stage
        ready, job_count = sum(job_stage == DONE for job_stage in stages.values()), max(total, len(stages))
        passed = sum(STAGES.index(job_stage) for job_stage in stages.values() if job_stage in STAGES)
        tell(StepNews(ready, job_count, passed / (len(STAGES) - 1) / job_count, language=job.language, stage=stage))

    return hear


def _publish(order: StepOrder, _: str, tell: Tell) -> None:
    sources = order.workspace.snapshot()
    asked = PublishRequest(
        country=order.country,
        year=order.year,
        languages=select(sources, order.country, order.year).languages,
        date=order.today,
        by=order.person,
        reason=Label(order.reason),
    )
    publish(order.workspace, sources, asked, lambda _: None, _telling(tell))


def _package(order: StepOrder, _: str, tell: Tell) -> None:
    ready = ready_edition(order.workspace, order.workspace.snapshot(), order.country, order.year, order.recipient)
    pack_edition(ready, _local_now(), hear=_telling(tell, len(ready.jobs)))


def _sign(order: StepOrder, secret: str, _: Tell) -> None:
    with extra():
        from reporter.exchange.signature.documents import key_opener, require_expected_key, sign
    recipient = recipient_of(load_settings(order.workspace.snapshot()), order.recipient)
    for path, target in signing_targets((order.place,)).items():
        if not is_signed_before(path, target):
            with key_opener(order.source, order.key)(secret, _local_now()) as key:
                require_expected_key(key, order.workspace.root, recipient, _local_now())
                sign(path, target, key, _local_now())


def _send(order: StepOrder, secret: str, _: Tell) -> None:
    sources = order.workspace.snapshot()
    read = signed_package_for(order.workspace.root, utc_now())
    sending = prepare_sending(order.workspace, sources, order.recipient, order.package, utc_now(), read)
    if problem := sending.refusal:
        raise problem
    transports = make_transports(order.workspace, sending.settings, (sending.recipient.channel,), lambda _: secret)

    def refuse(unasked: ReporterError) -> str:
        # The page asks for a reason before the step starts.
        raise unasked

    with open_outbox(order.workspace, order.person, utc_now) as outbox:
        queue_and_deliver(outbox, sending, transports, order.again, refuse, lambda _: None)


def _resend(order: StepOrder, secret: str, _: Tell) -> None:
    with open_outbox(order.workspace, order.person, utc_now) as outbox:
        release_and_deliver(
            outbox, order.workspace, order.number, order.again, utc_now(), lambda _: secret, lambda _: order.older
        )


def _listed(lines: Sequence[str]) -> str:
    more = [f"and {len(lines) - MOST_LISTED} more"] if len(lines) > MOST_LISTED else []
    return "\n".join((*lines[:MOST_LISTED], *more)).replace(HINT, "\n")


def utc_now() -> datetime:
    return datetime.now(UTC)


def _local_now() -> datetime:
    return datetime.now().astimezone()


STEPS = {"publish": _publish, "package": _package, "sign": _sign, "send": _send, "resend": _resend}

BROKEN_OFF = StepNews(
    ended=True, problem="the step was interrupted", hint="see below what is done; the rest can be repeated"
)


@dataclass(frozen=True, slots=True)
class RunningStep:
    """A step that runs or has ended: whose, since when, how far. `order` has no key any more."""

    order: StepOrder
    since: datetime
    news: StepNews


class Stepper:
    """Runs steps, each in a process of its own. `ended` is called after each, `tell` on progress."""

    def __init__(self, ended: Callable[[], object], tell: Callable[[], object]) -> None:
        self.last: RunningStep | None = None
        self.process: BaseProcess | None = None
        self._ended, self._tell, self._lock = ended, tell, Lock()

    @property
    def running(self) -> RunningStep | None:
        last = self.last
        return last if last and not last.news.ended else None

    def begin(self, order: StepOrder, secret: bytearray) -> RunningStep | None:
        """Start a step, unless another runs, which is returned. The secret is overwritten once passed on."""
        try:
            with self._lock:
                if self.running:
                    return self.running
                self._begin(order, secret)
        finally:
            secret[:] = bytes(len(secret))
        self._tell()
        return None

    def forget(self) -> None:
        with self._lock:
            self.last = self.running

    def _begin(self, order: StepOrder, secret: bytearray) -> None:
        # A fork would inherit this process's locks, and Pango would wait for ever.
        spawn = get_context("spawn")
        ours, theirs = spawn.Pipe()
        process = spawn.Process(target=take_step, args=(order, theirs), name=f"step {order.step}")
        process.start()
        theirs.close()
        ours.send_bytes(secret)
        self.process = process
        self.last = RunningStep(replace(order, key=b""), datetime.now().astimezone(), StepNews())
        Thread(target=self._follow, args=(process, ours, self.last), name="step", daemon=True).start()

    def _follow(self, process: BaseProcess, pipe: Connection, running: RunningStep) -> None:
        news = StepNews()
        while not news.ended:
            try:
                news = pipe.recv()
            except (EOFError, OSError):
                news = BROKEN_OFF
            if news.ended:
                process.join()
                pipe.close()
                # The files are read again before the page learns that the step has ended.
                self._ended()
            self.last = replace(running, news=news)
            self._tell()
