"""The registry of blocks that the outline may name, besides charts.

A new table, list or box is a function and a line here.
"""

from collections.abc import Callable, Mapping

from reporter.charts import CHARTS
from reporter.document.document import Block, Box, Entries, Table
from reporter.sections.boxes import legal_lag, population_of_assistance, reading_the_figures, three_populations
from reporter.sections.compared import (
    changes,
    every_change,
    key_changes,
    part_changes,
    reading_changes,
)
from reporter.sections.compared_countries import comparability
from reporter.sections.compared_law import law_changed
from reporter.sections.compared_named import countries_changed
from reporter.sections.compared_rates import per_inhabitants
from reporter.sections.compared_text import texts_carried, texts_changed
from reporter.sections.coverage import coverage, mapping
from reporter.sections.differences import differences
from reporter.sections.erratum import (
    erratum_about,
    erratum_figures,
    erratum_files,
    erratum_texts,
    erratum_things,
)
from reporter.sections.glance import key_figures
from reporter.sections.lists import contacts, definitions, institutions, references, sources
from reporter.sections.material import SectionMaterial
from reporter.sections.methodology import methodology
from reporter.sections.profile_tables import campaigns, joint_work, penalties, time_table, training_events
from reporter.sections.quality import findings, open_findings, revisions
from reporter.sections.signs import abbreviations, symbols

KEY_FIGURES = "key_figures"

TABLES: Mapping[str, Callable[[SectionMaterial], Table | None]] = {
    "penalties": penalties,
    "campaigns": campaigns,
    "training_events": training_events,
    "joint_work": joint_work,
    "time_table": time_table,
    "symbols": symbols,
    "abbreviations": abbreviations,
    "coverage": coverage,
    "mapping": mapping,
    "differences": differences,
}

LISTS: Mapping[str, Callable[[SectionMaterial], Entries | tuple[Entries, ...] | None]] = {
    "institutions": institutions,
    "references": references,
    "contacts": contacts,
    "definitions": definitions,
    "methodology": methodology,
    "open_findings": open_findings,
    "findings": findings,
    "revisions": revisions,
    "sources": sources,
}

BOXES: Mapping[str, Callable[[SectionMaterial], Box | None]] = {
    "reading_the_figures": reading_the_figures,
    "population_of_assistance": population_of_assistance,
    "three_populations": three_populations,
    "legal_lag": legal_lag,
}

# Blocks of a comparison; none is made when nothing is compared.
COMPARED: Mapping[str, Callable[[SectionMaterial], Block | tuple[Block, ...] | None]] = {
    "changes": changes,
    "key_changes": key_changes,
    "every_change": every_change,
    "part_changes": part_changes,
    "per_inhabitants": per_inhabitants,
    "comparability": comparability,
    "countries_changed": countries_changed,
    "reading_changes": reading_changes,
    "law_changed": law_changed,
    "texts_carried": texts_carried,
    "texts_changed": texts_changed,
}

# Blocks of a corrigendum: what differs from the edition that it replaces.
ERRATUM: Mapping[str, Callable[[SectionMaterial], Block | tuple[Block, ...] | None]] = {
    "erratum_about": erratum_about,
    "erratum_figures": erratum_figures,
    "erratum_things": erratum_things,
    "erratum_texts": erratum_texts,
    "erratum_files": erratum_files,
}


def build_block(name: str, material: SectionMaterial) -> tuple[Block, ...]:
    """Build the blocks of this name.

    Empty when the edition has nothing for it. Raises KeyError for an unknown name.
    """
    if name == KEY_FIGURES:
        made: Block | tuple[Block, ...] | None = key_figures(material)
    elif name in CHARTS:
        made = CHARTS[name](material.context)
    else:
        made = (TABLES.get(name) or LISTS.get(name) or BOXES.get(name) or ERRATUM.get(name) or COMPARED[name])(material)
    if made is None:
        return ()
    return made if isinstance(made, tuple) else (made,)
