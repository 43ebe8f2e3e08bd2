"""Proves that a refactoring changes nothing: makes everything that the program makes, with the program of now and with
that of another revision, and tells which outputs differ. Behind `make same` and `make same-quick`.

Both sides are run by the same Python and packages, with the same inputs: the data, the test workspaces and the table of
contents of today's tree. So what differs is what the program does. Templates, translations, typefaces and schemas are
the program's own. The outputs of the other revision are kept in build/.same/, as long as inputs, tool and packages are
the same; a second run makes today's side only.

Exit codes: 0 everything is the same, 1 something differs, 2 wrong usage.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from hashlib import sha256
from pathlib import Path

from scripts.same.differences import tell_differences
from scripts.same.sides import (
    KEPT,
    LISTED,
    ROOT,
    digest_of_files,
    make_side,
    packages,
    program_of,
    resolve,
    write_inputs,
)

MOST_KEPT = 4


def main() -> int:
    """Make both sides, and compare them."""
    parser = argparse.ArgumentParser(prog="make same", description="tells which outputs differ from a revision's")
    parser.add_argument("--rev", default="main", help="the revision to compare with")
    parser.add_argument("--quick", action="store_true", help="leave out the PDFs")
    parser.add_argument("--again", action="store_true", help="compare with the last run of today's program")
    asked = parser.parse_args()
    form = "quick" if asked.quick else "full"
    with tempfile.TemporaryDirectory(prefix="same-inputs-") as folder:
        inputs = Path(folder).resolve()
        write_inputs(inputs, quick=asked.quick)
        now, seed = KEPT / f"now-{form}", "0"
        if asked.again:
            if not (now / LISTED).is_file():
                parser.error("no finished run is kept; run it without --again first")
            before, seed = KEPT / f"last-{form}", "4711"
            shutil.rmtree(before, ignore_errors=True)
            now.rename(before)
        else:
            try:
                revision = resolve(asked.rev)
            except subprocess.CalledProcessError:
                parser.error(f"{asked.rev} is no revision; name one: make same REV=HEAD~1")
            before = _kept_side(revision, inputs, quick=asked.quick)
        make_side(ROOT, inputs, now, quick=asked.quick, hash_seed=seed)
    return tell_differences(before, now, KEPT / f"differences-{form}")


def _kept_side(revision: str, inputs: Path, *, quick: bool) -> Path:
    """The outputs of a revision; made where they are not kept from another time."""
    of = "\n".join((digest_of_files(inputs), digest_of_files(Path(__file__).parent), packages()))
    side = KEPT / f"{revision[:12]}-{'quick' if quick else 'full'}-{sha256(of.encode()).hexdigest()[:12]}"
    if not (side / LISTED).is_file():
        print(f"making the outputs of {revision[:12]}, which are kept", flush=True)
        with program_of(revision) as program:
            make_side(program, inputs, side, quick=quick)
        kept = sorted(KEPT.glob("????????????-*-????????????"), key=lambda each: each.stat().st_mtime)
        for old in kept[:-MOST_KEPT]:
            shutil.rmtree(old)
    return side


if __name__ == "__main__":
    sys.exit(main())
