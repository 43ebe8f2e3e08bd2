"""Whether two machines make the same bytes: their program and engines. Each tells the versions of all that decides
bytes; where one differs, so may a page."""

from collections.abc import Iterator, Mapping

from reporter.edition.program import engine_versions, font_sums, program_sum

PROGRAM = "reporter"
# So much of a checksum is told: two of them must be seen to differ, no more.
TOLD = 12


def makers_mark() -> dict[str, str]:
    """What decides the bytes that are made here, each with its version."""
    fonts = {f"typeface {name}": sha256[:TOLD] for name, sha256 in font_sums()}
    return {PROGRAM: program_sum()[:TOLD], **dict(engine_versions()), **fonts}


def unlike(here: Mapping[str, str], there: Mapping[str, str]) -> Iterator[str]:
    """What differs there, each with the version there and here."""
    for name in sorted({*here, *there}):
        ours, theirs = here.get(name, "absent"), there.get(name, "absent")
        if ours != theirs:
            yield f"{name} is {theirs} there and {ours} here"
