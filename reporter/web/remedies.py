"""What one press of the workbench does about a finding. The terminal proposes it as a line to paste."""

from collections.abc import Mapping

from reporter.edit.figure_fields import FigureField, detail_step, holder_of, year_figures
from reporter.edit.written_steps import Step
from reporter.errors import OF_A_YEAR, Finding
from reporter.i18n import N_
from reporter.model import Catalogue
from reporter.web.desk import Reading

# What the button says of the key that it writes.
BUTTONS = {"incomplete": N_("The rest is not stated"), "flags": N_("Mark a break in the series")}


def remedy_button(reading: Reading, finding: Finding) -> str:
    """The words of the button; empty where nothing can be pressed."""
    key, _ = finding.remedy
    return BUTTONS.get(key, "") if _figure_of(reading, finding) else ""


def remedy_step(reading: Reading, finding: Finding, catalogue: Catalogue) -> Step | None:
    found = _figure_of(reading, finding)
    if found is None:
        return None
    field, written = found
    key, word = finding.remedy
    known = written.get(key) if isinstance(written, Mapping) else None
    words = known if isinstance(known, list) else [known] if known else []
    return detail_step(field, catalogue, (key,), [*map(str, words), word])


def _figure_of(reading: Reading, finding: Finding) -> tuple[FigureField, object] | None:
    """The field of a finding, and what is written there. None without a remedy, and for what is elsewhere than
    among the figures of a year."""
    if not (any(finding.remedy) and OF_A_YEAR.fullmatch(finding.mark.path)):
        return None
    field = FigureField(finding.mark.path, finding.figure)
    written = holder_of(year_figures(reading.sources, field.file), field)
    return (field, written) if written else None
