"""The registry of blocks, except charts, for the outline. A new table, list or box is a function and a line here."""

from collections.abc import Callable, Mapping

from reporter.data.outline import is_chart
from reporter.report.charts import comparison as charts_of_sides
from reporter.report.charts import make_chart
from reporter.report.context import Context
from reporter.report.document.document import Block, Box, Entries, Table
from reporter.report.sections import (
    boxes,
    breakdown_tables,
    change_table,
    comparison,
    country_ranges,
    erratum,
    law_changes,
    lists,
    methodology,
    profile_tables,
    quality,
    text_changes,
)

TABLES: Mapping[str, Callable[[Context], Table | tuple[Table, ...] | None]] = {
    "victims_crossed": breakdown_tables.victims_crossed,
    "victims_by_country": breakdown_tables.victims_by_country,
    "victims_by_organisation": breakdown_tables.victims_by_organisation,
    "justice_chain": breakdown_tables.justice_chain,
    "penalties": profile_tables.penalties,
    "who_does_what": lists.who_does_what,
    "campaigns": profile_tables.campaigns,
    "training_events": profile_tables.training_events,
    "joint_work": profile_tables.joint_work,
    "earlier_activities": profile_tables.earlier_activities,
    "time_table": profile_tables.time_table,
    "crossed": breakdown_tables.crossed,
    "symbols": lists.symbols,
    "abbreviations": lists.abbreviations,
    "article_19a": methodology.article_19a,
    "coverage": methodology.coverage,
    "mapping": methodology.mapping,
    "differences": quality.differences,
}

LISTS: Mapping[str, Callable[[Context], Entries | tuple[Entries, ...] | None]] = {
    "earlier_recommendations": lists.earlier_recommendations,
    "institutions": lists.institutions,
    "references": lists.references,
    "contacts": lists.contacts,
    "definitions": lists.definitions,
    "methodology": methodology.methodology,
    "open_findings": quality.open_findings,
    "findings": quality.findings,
    "revisions": quality.revisions,
    "revised": quality.revised,
    "sources": lists.sources,
}

BOXES: Mapping[str, Callable[[Context], Box | None]] = {
    "reading_the_figures": boxes.reading_the_figures,
    "population_of_assistance": boxes.population_of_assistance,
    "three_populations": boxes.three_populations,
    "legal_lag": boxes.legal_lag,
}

# Blocks of a comparison; empty when nothing is compared.
COMPARED: Mapping[str, Callable[[Context], Block | tuple[Block, ...] | None]] = {
    "dumbbells": change_table.dumbbells,
    "countries_over_years": charts_of_sides.countries_over_years,
    "law_in_brief": law_changes.law_in_brief,
    "reading_the_comparison": change_table.reading_the_comparison,
    "changes": comparison.changes,
    "every_change": comparison.every_change,
    "part_changes": comparison.part_changes,
    "per_inhabitants": comparison.per_inhabitants,
    "comparability": comparison.comparability,
    "countries_changed": comparison.countries_changed,
    "law_changed": law_changes.law_changed,
    "texts_carried": text_changes.texts_carried,
    "texts_changed": text_changes.texts_changed,
    "ranges": country_ranges.ranges,
    "ranges_read": country_ranges.ranges_read,
    "rankings": country_ranges.rankings,
    "unranked": country_ranges.unranked,
    "part_ranges": country_ranges.part_ranges,
    "people": country_ranges.people,
}

# Blocks of a corrigendum: the differences from the edition that it replaces.
ERRATUM: Mapping[str, Callable[[Context], Block | tuple[Block, ...] | None]] = {
    "erratum_about": erratum.erratum_about,
    "erratum_figures": erratum.erratum_figures,
    "erratum_things": erratum.erratum_things,
    "erratum_texts": erratum.erratum_texts,
    "erratum_files": erratum.erratum_files,
}


def build_block(name: str, context: Context) -> tuple[Block, ...]:
    """Build the blocks of this name, if the edition has content for them. Raises KeyError for an unknown name."""
    if is_chart(name, context.vintage.catalogue):
        block: Block | tuple[Block, ...] | None = make_chart(name, context)
    else:
        block = (TABLES.get(name) or LISTS.get(name) or BOXES.get(name) or ERRATUM.get(name) or COMPARED[name])(context)
    if block is None:
        return ()
    return block if isinstance(block, tuple) else (block,)
