"""Notice changed files of the workspace. Folders are watched, since editors replace files; where the system reports no
changes, as on some network drives, they are read every few seconds."""

from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread
from time import monotonic

from watchfiles import Change, watch

from reporter.data.files.sources import FOLDERS, SETTINGS
from reporter.data.files.workspace import Workspace

# Milliseconds to wait for further changes, and between checks for the end.
SETTLING, ASKING = 400, 500
# Seconds to wait for the end of a thread.
LONG = 5.0
# Seconds between two looks where the system reports no changes.
PATIENCE = 5.0


class Watcher:
    """Calls a function whenever a file of the workspace may have changed."""

    def __init__(self, workspace: Callable[[], Workspace], tell: Callable[[], None]) -> None:
        self.workspace, self.tell = workspace, tell
        self.names = (*FOLDERS, workspace().outbox.name)
        self._ending = Event()
        self._threads: list[Thread] = []

    @property
    def root(self) -> Path:
        return self.workspace().root

    def open(self) -> None:
        for each in (self._watch_root, self._watch_folders):
            self._threads.append(Thread(target=self._again_and_again, args=(each,), name="watching", daemon=True))
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        """End it and wait for its thread: one inside the system's library when Python ends would abort the program."""
        self._ending.set()
        for thread in self._threads:
            thread.join(LONG)

    def _again_and_again(self, look: Callable[[], None]) -> None:
        while not self._ending.is_set():
            try:
                look()
            except (OSError, RuntimeError):
                # A folder is gone, or the system watches no more of them.
                self._ending.wait(PATIENCE)
            self.tell()

    def _watch_root(self) -> None:
        def concerns(_: Change, path: str) -> bool:
            return Path(path).name in (SETTINGS, *self.names)

        for _ in watch(
            self.root,
            watch_filter=concerns,
            debounce=SETTLING,
            stop_event=self._ending,
            rust_timeout=ASKING,
            raise_interrupt=False,
            recursive=False,
        ):
            self.tell()

    def _watch_folders(self) -> None:
        watched, told = self._folders(), monotonic()
        if not watched:
            self._ending.wait(ASKING / 1000)
            return
        for changes in watch(
            *watched,
            watch_filter=None,
            debounce=SETTLING,
            stop_event=self._ending,
            rust_timeout=ASKING,
            yield_on_timeout=True,
            raise_interrupt=False,
        ):
            if changes or monotonic() - told > PATIENCE:
                told = monotonic()
                self.tell()
            if self._folders() != watched:
                return

    def _folders(self) -> tuple[Path, ...]:
        return tuple(self.root / each for each in self.names if (self.root / each).is_dir())
