"""Remember between builds how chapters are set.

So a chapter that did not change is not looked at again.
"""

import json
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reporter.errors import ReporterError
from reporter.files.checksum import checksum, checksum_of
from reporter.files.writing import write_whole

# What can be written as JSON, under its names.
Found = dict[str, Any]
CHART = re.compile(r'"chart:([^"]+)"')


@dataclass(frozen=True, slots=True)
class Memory:
    """A store for what was found out about chapters.

    Without a `folder` nothing is kept. `design` names all that pages depend on besides the text and its charts.
    """

    folder: Path | None = None
    design: str = ""
    images: Mapping[str, bytes] = field(default_factory=dict)

    def recall(self, html: str, find: Callable[[], Found]) -> Found:
        """Return what is known about the chapters in some HTML.

        What is not known is found out by `find`, and kept.
        """
        if self.folder is None:
            return find()
        images = (checksum(self.images.get(name, b"")) for name in sorted(set(CHART.findall(html))))
        key = checksum_of((f"{self.design}\n{html}", *images))
        path = self.folder / f"{key}.json"
        with suppress(OSError, ValueError):
            known = json.loads(path.read_text(encoding="utf-8"))
            if isinstance(known, dict):
                return known
        found = find()
        # If it cannot be kept, only time is lost.
        with suppress(ReporterError):
            write_whole(path, json.dumps(found).encode())
        return found
