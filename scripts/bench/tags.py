"""What tags, joining and validation cost beside the render, on the Lithuanian profile: `make bench`."""

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from unittest.mock import patch

import reporter.formats.pdf.pieces.engine
import reporter.formats.pdf.write
from reporter.data.files.workspace import Workspace
from reporter.editions.job import Job
from reporter.editions.making.composed import document_of
from reporter.editions.making.document_files import draw_all
from reporter.editions.resources import locale_of, templates_of, theme_of
from reporter.editions.state import edition_state
from reporter.formats.html import paper_drawings, to_html
from reporter.formats.validate.vera import PROFILES, validate
from tests.pdf.tag_checks import inspect

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = int(os.environ.get("ROUNDS", "5"))
JOB = Job("LT", 2020, "en")
GOAL = 0.1


def timed(work, *arguments):
    """(result, seconds) of a call."""
    begin = time.perf_counter()
    result = work(*arguments)
    return result, time.perf_counter() - begin


def page(folder):
    """What the renderer is given: HTML, charts, theme, templates."""
    state = edition_state(Workspace(ROOT).snapshot(), JOB)
    locale, theme = locale_of(state.sources, "en"), theme_of(state.sources, state.checked.dataset.settings)
    templates = templates_of(state.sources)
    document = document_of(state.checked, JOB, locale)
    html = to_html(document, theme, locale.text, templates)
    return html, draw_all(paper_drawings(document), theme, folder / "charts"), theme, templates


def one_round(material, path):
    """Seconds of each stage."""
    spent = {"tags": 0.0, "join": 0.0}

    def measured(name, work):
        def run(*arguments):
            result, seconds = timed(work, *arguments)
            spent[name] += seconds
            return result

        return run

    painting, write = reporter.formats.pdf.pieces.engine, reporter.formats.pdf.write
    with (
        patch.object(painting, "read_tree", measured("tags", painting.read_tree)),
        patch.object(painting, "relate_cells", measured("tags", painting.relate_cells)),
        patch.object(write, "join", measured("join", write.join)),
    ):
        made, whole = timed(write.to_pdf, *material)
    path.write_bytes(made.content)
    stages = {"render": whole - sum(spent.values()), "tags of the pieces": spent["tags"], "joining": spent["join"]}
    stages["second checker"] = timed(inspect, path, material[0])[1]
    return stages | {f"veraPDF {name}": timed(validate, path, (name,))[1] for name in PROFILES}


def main(folder):
    material = page(folder)
    rounds = []
    for turn in range(ROUNDS):
        print(f"round {turn + 1} of {ROUNDS}", file=sys.stderr)
        rounds.append(one_round(material, folder / "profile.pdf"))
    medians = {name: statistics.median(each[name] for each in rounds) for name in rounds[0]}
    print(f"{'stage':<34}{'seconds':>9}{'ratio':>8}{'goal':>8}{'first':>8}")
    for name, seconds in medians.items():
        goal = f"{GOAL:.2f}" if name == "joining" else ""
        print(f"{name:<34}{seconds:>9.3f}{seconds / medians['render']:>8.3f}{goal:>8}{rounds[0][name]:>8.2f}")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        main(Path(folder))
