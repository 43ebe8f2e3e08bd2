"""Records the libraries and typefaces that the tests passed with; `make tested`. The versions of packages stand in
requirements.txt already: what is installed must be what stands there."""

import json
import sys

from reporter.editions.program import LIBRARIES, RECORD, engine_versions, font_sums, pinned_packages


def main() -> int:
    """Writes the record, unless a package differs from requirements.txt."""
    versions = dict(engine_versions())
    pins = pinned_packages()
    others = [name for name, version in versions.items() if name in pins and version != pins[name]]
    absent = [name for name in LIBRARIES if versions[name] == "absent"]
    if others or absent:
        print(f"not the ones to be tested: {', '.join((*others, *absent))}; run: make setup", file=sys.stderr)
        return 1
    record = {"libraries": {name: versions[name] for name in LIBRARIES}, "fonts": dict(font_sums())}
    RECORD.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
