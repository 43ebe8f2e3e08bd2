"""Where templates and stylesheets are looked up."""

from dataclasses import dataclass
from pathlib import Path

from reporter.files.sources import NO_SOURCES, TEMPLATES, SourceFile, Sources, packaged_file


@dataclass(frozen=True, slots=True)
class Templates:
    """Templates of the program; those of the workspace go first."""

    brought: Path
    own: Sources = NO_SOURCES

    def find(self, name: str) -> SourceFile | None:
        """The template of a name below `templates/`; None without one."""
        path = f"{TEMPLATES}/{name}"
        return self.own[path] if path in self.own else packaged_file(self.brought, name)
