"""Write what is planned of a publication, all of it or nothing."""

from collections.abc import Mapping
from contextlib import suppress

from reporter.edit.applying import Writer, rewrite, writing_lock
from reporter.errors import ReporterError
from reporter.files.sources import Sources
from reporter.files.workspace import Workspace
from reporter.files.writing import write_together
from reporter.intake.imports.importing import ImportPlan
from reporter.load.yaml_tree import decode

FIGURES = ("figures",)


def write_plan(
    workspace: Workspace, sources: Sources, plan: ImportPlan, begun: Mapping[str, bytes], writer: Writer
) -> None:
    """Write the files of a plan that was made on some sources. And what is `begun` with it. What changes in a draft
    stands in the journal, and can be taken back in the workbench. Raises ReporterError where somebody wrote meanwhile,
    or a file cannot be written; then all is as before."""
    files = {**begun, **plan.files}
    texts = {path: content for path, content in files.items() if path in sources}
    new = {path: content for path, content in files.items() if path not in sources}
    done: list[tuple[str, str, str]] = []
    try:
        for path, content in texts.items():
            was, text = decode(sources[path].content, path), decode(content, path)
            rewrite(workspace, path, FIGURES, was, text, writer)
            done.append((path, text, was))
        if new:
            with writing_lock(workspace):
                now = workspace.snapshot()
                came = next((path for path in new if path in now), None)
                if came:
                    raise ReporterError(f"{came} has come meanwhile", hint="import the file again; nothing was written")
                write_together({workspace.root / path: content for path, content in new.items()})
    except ReporterError:
        for path, text, was in done:
            with suppress(ReporterError):
                rewrite(workspace, path, FIGURES, text, was, writer)
        raise
