"""Read altered files for some minutes, and keep each with which a reader fails. `python -m scripts.fuzz [TARGET …]`,
for FUZZ_MINUTES in all. What fails is kept under `.fuzz/`, and read first the next time."""

import os
import resource
import signal
import sys
import time
import traceback
from hashlib import sha256
from itertools import cycle
from pathlib import Path
from random import Random
from types import FrameType

from scripts.fuzz.targets import REFUSALS, TARGETS, Target

KEPT = Path(".fuzz")
# The processor's seconds for one file, the memory of the process, and the seconds before the next target.
SECONDS, MEMORY, TURN = 5.0, 3 << 30, 5
PIECES = (
    *(b"{{ ", b" }}", b"{% ", b"%}", b"<!--", b"-->", b"::: ", b"- ", b"> ", b": ", b"\n\n", b"  ", b"\r\n", b"-0.0"),
    *(b"\xef\xbb\xbf", b"\xe2\x80\xa8", b"1e999", b"9" * 400, b"%s", b"missing", b"nan"),
    *(bytes([each]) for each in b"{}[]()<>`*_|#&!\\'\":,\n\t\0\xff-0"),
)


class TooSlowError(BaseException):
    """A file that takes longer than it may."""


def altered(content: bytes, chance: Random) -> bytes:
    """A file in which some places are others: left out, doubled, repeated, written over."""
    made = bytearray(content)
    for _ in range(chance.randint(1, 6)):
        start = chance.randint(0, len(made))
        end = min(len(made), start + chance.randint(0, 40))
        piece = chance.choice((chance.choice(PIECES), chance.randbytes(chance.randint(0, 8)), bytes(made[start:end])))
        many = min(chance.choice((1, 1, 1, 2, 3, 40, 2_000)), 1 + 100_000 // (len(piece) + 1))
        made[start : chance.choice((start, end))] = piece * many
    return bytes(made)


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
    seed = int(os.environ.get("FUZZ_SEED") or time.time_ns())
    say(f"FUZZ_SEED={seed}")
    chance = Random(seed)
    until = time.monotonic() + 60 * float(os.environ.get("FUZZ_MINUTES") or 5)
    for name in cycle(names):
        if time.monotonic() > until:
            break
        turn = min(until, time.monotonic() + TURN)
        while time.monotonic() < turn:
            content = altered(chance.choice(TARGETS[name].seeds), chance)
            count[name] += 1
            if fault := fault_of(TARGETS[name], content):
                keep(name, content, fault, told)
    say("\n".join(f"{name:12} {number:9,} files" for name, number in count.items()))
    say(f"{sum(count.values()):,} files, {len(told)} kinds of faults")
    return bool(told)


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise TooSlowError(f"more than {SECONDS:g} seconds")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
