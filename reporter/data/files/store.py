"""Cache of slow results, in a folder or in memory, by the digest of everything they depend on."""

from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from reporter.data.errors import ReporterError
from reporter.data.files.sources import checksum
from reporter.data.files.workspace import CACHE
from reporter.data.files.writing import remove_oldest, write_whole


class Store:
    """Contents by key, in files or in memory. Each file has a checksum; a changed one is ignored. If writing fails, the
    result is only slower next time. Keeps at most a fixed number."""

    def __init__(self, folder: Path | None = None, ending: str = ".kept", most: int = 4000) -> None:
        self.folder, self.ending, self.most = folder, ending, most
        self.known: dict[str, bytes] = {}

    def find(self, key: str) -> bytes | None:
        content = self.known.get(key, b"")
        path = self.folder and self.folder / f"{key}{self.ending}"
        with suppress(OSError):
            content = path.read_bytes() if path and path.is_file() else content
        total, _, rest = content.partition(b"\n")
        return rest if checksum(rest).encode() == total else None

    def keep(self, key: str, content: bytes) -> None:
        content = checksum(content).encode() + b"\n" + content
        if self.folder is None:
            self.known[key] = content
            return
        root = next((parent.parents[1] for parent in self.folder.parents if parent.name == CACHE), None)
        # A workspace that was moved away meanwhile must not come back as an empty folder.
        if root is None or root.is_dir():
            with suppress(ReporterError):
                write_whole(self.folder / f"{key}{self.ending}", content)

    def recall(self, key: str, make: Callable[[], bytes]) -> bytes:
        """The content for a key, made if none is stored."""
        content = self.find(key)
        if content is None:
            self.keep(key, content := make())
        return content

    def clear(self) -> None:
        """Remove the oldest files above the limit."""
        if self.folder:
            with suppress(OSError, ReporterError):
                remove_oldest(self.folder, f"*{self.ending}", self.most)


T = TypeVar("T")
# Years, texts and findings of editions: a workspace has some hundred.
MOST = 2000


class Memory:
    """In-memory results by the digest of all they depend on, perhaps private. Do not change them. Thread-safe."""

    def __init__(self, most: int = MOST) -> None:
        self.most = most
        self._known: OrderedDict[str, Any] = OrderedDict()
        self._one_at_a_time = Lock()

    def recall(self, key: str, make: Callable[[], T]) -> T:
        """The result stored for a key, or made and stored."""
        with self._one_at_a_time:
            if key in self._known:
                self._known.move_to_end(key)
                stored_answer: T = self._known[key]
                return stored_answer
        answer = make()
        self.keep(key, answer)
        return answer

    def find(self, key: str) -> Any | None:  # noqa: ANN401 - each key has results of one type
        with self._one_at_a_time:
            return self._known.get(key)

    def keep(self, key: str, answer: object) -> None:
        with self._one_at_a_time:
            self._known[key] = answer
            self._known.move_to_end(key)
            while len(self._known) > self.most:
                self._known.popitem(last=False)
