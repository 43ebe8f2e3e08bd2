"""How much work a template may make. Steps, what it writes, and time are counted. A workspace may bring templates from
elsewhere: one that repeats without end stops with its place."""

from collections.abc import Iterable, Iterator, Mapping, Sized
from contextvars import ContextVar
from time import thread_time

from jinja2 import TemplateRuntimeError
from jinja2.utils import Namespace

# An edition of 60 pages takes 20,000 steps and writes 150,000 characters.
MOST_STEPS, MOST_WRITTEN = 1_000_000, 20_000_000
# A net for what the steps do not see. The processor's time of this thread: another one may be busy.
MOST_SECONDS = 60
OFTEN = 256
# The longest text, list or number that a template may make, and the largest number that it may give to one of Python's
# own functions: as width, count or length.
LONGEST, LARGEST = 1_000_000, 10_000
# So many characters count as a step.
PER_STEP = 16
HINT = (
    "look for a loop within a loop, a macro or file that calls itself, or a very long text; "
    "or remove the template from your templates folder to get back the one that comes with the program"
)


class OverLimitError(TemplateRuntimeError):
    """A template that makes more work than any page needs."""

    hint = HINT


class Budget:
    """What one page may still take."""

    def __init__(self, steps: int = MOST_STEPS, written: int = MOST_WRITTEN, seconds: float = MOST_SECONDS) -> None:
        self.steps, self.written, self.seconds = steps, written, seconds
        self._left, self._room = steps, written
        self._next, self._end = max(0, steps - OFTEN), thread_time() + seconds

    @property
    def taken(self) -> int:
        """The steps that were taken."""
        return self.steps - self._left

    def step(self, count: int = 1) -> None:
        """Take some steps; raises OverLimitError where there are no more."""
        self._left -= count
        if self._left > self._next:
            return
        if self._left < 0:
            raise OverLimitError(f"the template takes more than {self.steps:,} steps")
        self._next = max(0, self._left - OFTEN)
        if thread_time() > self._end:
            raise OverLimitError(f"the template takes longer than {self.seconds:g} seconds")

    def write(self, length: int) -> None:
        """Write so many characters; raises OverLimitError above the limit."""
        self._room -= length
        if self._room < 0:
            raise OverLimitError(f"the template writes more than {self.written:,} characters")
        if length > PER_STEP:
            self.step(length // PER_STEP)


NO_BUDGET = Budget()
_now: ContextVar[Budget] = ContextVar("budget", default=NO_BUDGET)


def begin(budget: Budget) -> None:
    """Begin a page: it has all its steps."""
    _now.set(budget)


def step(count: int = 1) -> None:
    """Take some steps of the page that is made now."""
    _now.get().step(count)


def written(value: object) -> object:
    """Count what a template prints, and give it back. A list is not printed: one that holds itself many times over
    would never end."""
    if isinstance(value, str):
        _now.get().write(len(value))
    elif isinstance(value, (list, tuple, dict, set, frozenset, Namespace)):
        raise OverLimitError("a list cannot be printed as it is: go through it by a loop, or join it")
    else:
        step()
    return value


def counted(items: Iterable[object], weight: int = 1) -> Iterable[object]:
    """Count the rounds of a loop, each by its weight."""
    if isinstance(items, Sized):
        step(len(items) * weight + 1)
        return items
    return _each(items, weight)


def _each(items: Iterable[object], weight: int) -> Iterator[object]:
    for each in items:
        step(weight)
        yield each


def bounded(value: object) -> object:
    """Give back what a template made, unless it is too large."""
    if isinstance(value, str):
        if len(value) > LONGEST:
            raise OverLimitError(f"the template makes a text of more than {LONGEST:,} characters")
        step(len(value) // PER_STEP)
    elif isinstance(value, int):
        if value.bit_length() > LARGEST:
            raise OverLimitError("the template makes a number that is too large")
    elif isinstance(value, (list, tuple, dict, set, frozenset, Namespace)):
        _walk(value)
    return value


def _walk(value: object) -> None:
    """Count a list and the lists in it. Each counts as often as it stands there."""
    waiting, seen = [value], 0
    while waiting:
        each = waiting.pop()
        if isinstance(each, Namespace):
            each = each._Namespace__attrs  # it may hold itself
        if isinstance(each, Mapping):
            inner: list[object] = [*each.keys(), *each.values()]
        elif isinstance(each, (list, tuple, set, frozenset)):
            inner = list(each)
        else:
            continue
        seen += len(inner)
        if seen > LONGEST // 10:
            raise OverLimitError(f"the template makes a list of more than {LONGEST // 10:,} items")
        waiting += inner
    step(seen)


def check_arguments(arguments: Iterable[object]) -> None:
    """Refuse numbers that would make a text or list without end."""
    for each in arguments:
        if isinstance(each, int) and abs(each) > LARGEST:
            raise OverLimitError(f"{str(each)[:40]} is too large a width or count: it may be {LARGEST:,}")
