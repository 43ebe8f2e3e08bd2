"""What a program that stays knows of files that have not changed."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any, TypeVar

T = TypeVar("T")
# Files of years and texts, and what was found in editions: a workspace has some hundred.
MOST = 2000


class Memory:
    """Answers by the digest of all that they depend on. What is never written may hold what no file may. The answers
    are shared, so nobody changes them; several threads may ask."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, Any] = OrderedDict()
        self._one_at_a_time = Lock()

    def recall(self, key: str, make: Callable[[], T]) -> T:
        """What is known by a key; otherwise it is made, and known."""
        with self._one_at_a_time:
            if key in self._known:
                self._known.move_to_end(key)
                known: T = self._known[key]
                return known
        made = make()
        self.keep(key, made)
        return made

    def find(self, key: str) -> Any | None:  # noqa: ANN401 - each key has answers of one type
        with self._one_at_a_time:
            return self._known.get(key)

    def keep(self, key: str, answer: object) -> None:
        with self._one_at_a_time:
            self._known[key] = answer
            while len(self._known) > MOST:
                self._known.popitem(last=False)
