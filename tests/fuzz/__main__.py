"""Read altered files for some minutes, and keep each with which a reader fails.

`python -m tests.fuzz [TARGET …]`, for FUZZ_MINUTES in all. What fails is kept under `.fuzz/`, and read first the next
time.
"""

import os
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable
from hashlib import sha256
from itertools import cycle
from pathlib import Path
from types import FrameType

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.fuzz.targets import REFUSALS, TARGETS, Target

KEPT = Path(".fuzz")
# The processor's seconds for one file, the memory of the process, and how many files are read, or for how many seconds,
# before the next target.
SECONDS, MEMORY, ROUND, TURN = 5.0, 3 << 30, 500, 10
PIECES = (
    *(b"{{ ", b" }}", b"{% ", b"%}", b"{", b"}", b"[", b"]", b"(", b")", b"<", b">", b"<!--", b"-->", b"`", b"*", b"_"),
    *(
        b"|",
        b"#",
        b"::: ",
        b"- ",
        b"> ",
        b"&",
        b"!",
        b"\\",
        b"'",
        b'"',
        b":",
        b": ",
        b",",
        b"\n",
        b"\n\n",
        b"  ",
        b"\t",
    ),
    *(b"\r\n", b"\0", b"\xff", b"\xef\xbb\xbf", b"\xe2\x80\xa8", b"-", b"0", b"-0.0", b"1e999", b"9" * 400, b"%s"),
    *(b"missing", b"nan"),
)


class TooSlowError(BaseException):
    """A file that takes longer than it may."""


@st.composite
def altered(draw: st.DrawFn, seeds: tuple[bytes, ...]) -> bytes:
    """A file in which some places are others: left out, doubled, repeated, written over."""
    content = bytearray(draw(st.sampled_from(seeds)))
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(content)))
        end = min(len(content), start + draw(st.integers(0, 40)))
        piece = draw(st.one_of(st.sampled_from(PIECES), st.binary(max_size=8), st.just(bytes(content[start:end]))))
        many = draw(st.sampled_from((1, 1, 1, 2, 3, 40, 2_000)))
        stays = draw(st.booleans())
        content[start : start if stays else end] = piece * min(many, 1 + 100_000 // (len(piece) + 1))
    return bytes(content)


def fault_of(target: Target, content: bytes) -> str:
    """What a reader does that it may not: an exception, too much time or memory; else empty."""
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    try:
        target.read(content)
    except REFUSALS:
        pass
    except (Exception, TooSlowError) as problem:
        frames = [each for each in traceback.extract_tb(problem.__traceback__) if "reporter" in each.filename]
        place = f" in {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
        return f"{type(problem).__name__}: {str(problem)[:200]}{place}"
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return ""


def say(text: str) -> None:
    """Print at once: it may run over night."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def keep(name: str, content: bytes, fault: str, told: set[str]) -> None:
    """Keep a file, once for each kind of fault."""
    kind = f"{name}: {fault.partition(':')[0]}{fault.rpartition(' in ')[2]}"
    if kind in told:
        return
    told.add(kind)
    place = KEPT / f"{name}-{sha256(content).hexdigest()[:12]}"
    KEPT.mkdir(exist_ok=True)
    place.write_bytes(content)
    say(f"{name}: {fault}\n  kept as {place}")


def reader(name: str, told: set[str], count: dict[str, int], until: float) -> Callable[[], None]:
    """What reads some altered files of a target."""
    target = TARGETS[name]

    @settings(
        max_examples=ROUND,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(altered(target.seeds))
    def read(content: bytes) -> None:
        if time.monotonic() < until:
            count[name] += 1
            if fault := fault_of(target, content):
                keep(name, content, fault, told)

    return read


def main(names: list[str]) -> int:
    """Read until the time is over; 1 when there was a fault."""
    names, told = names or list(TARGETS), set[str]()
    count = dict.fromkeys(names, 0)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
    signal.signal(signal.SIGVTALRM, _stop)
    for name in names:
        for content in (*TARGETS[name].seeds, *(each.read_bytes() for each in sorted(KEPT.glob(f"{name}-*")))):
            if fault := fault_of(TARGETS[name], content):
                keep(name, content, fault, told)
    until = time.monotonic() + 60 * float(os.environ.get("FUZZ_MINUTES") or 5)
    for name in cycle(names):
        if time.monotonic() > until:
            break
        reader(name, told, count, min(until, time.monotonic() + TURN))()
    say("\n".join(f"{name:12} {number:9,} files" for name, number in count.items()))
    say(f"{sum(count.values()):,} files, {len(told)} kinds of faults")
    return bool(told)


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise TooSlowError(f"more than {SECONDS:g} seconds")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
