"""Runs the steps of a release, one at a time. Nothing of it is kept: what was done is told by the files and the outbox,
also after the workbench ended."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from threading import Lock, Thread

from reporter.web.steps import StepNews, StepOrder, take_step

BROKEN_OFF = StepNews(
    ended=True, problem="the step was broken off", hint="look at what is done below; what is not can be done again"
)


@dataclass(frozen=True, slots=True)
class RunningStep:
    """A step that runs or has ended: whose, since when, how far. `order` has no key any more."""

    order: StepOrder
    since: datetime
    told: StepNews


class Stepper:
    """Runs steps, each in a process of its own. `ended` is called after each of them, `tell` when one has gone on."""

    def __init__(self, ended: Callable[[], object], tell: Callable[[], object]) -> None:
        self.last: RunningStep | None = None
        self.process: BaseProcess | None = None
        self._ended, self._tell, self._lock = ended, tell, Lock()

    @property
    def running(self) -> RunningStep | None:
        last = self.last
        return last if last and not last.told.ended else None

    def begin(self, order: StepOrder, secret: bytearray) -> RunningStep | None:
        """Begin a step, unless another one runs: then that is given. The secret is overwritten when it was handed
        on."""
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
        # Started anew: a copy of this process would have its locks, and in it Pango would wait for ever.
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
        told = StepNews()
        while not told.ended:
            try:
                told = pipe.recv()
            except (EOFError, OSError):
                told = BROKEN_OFF
            if told.ended:
                process.join()
                pipe.close()
                # The page shows the state of the files, which is read before it is told that the step has ended.
                self._ended()
            self.last = replace(running, told=told)
            self._tell()
