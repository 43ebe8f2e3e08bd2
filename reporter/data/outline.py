"""The table of contents: every section and its blocks, in reading order."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from reporter.data.records import Annexes, Catalogue, ChartChoice


@dataclass(frozen=True, slots=True)
class Part:
    """A section in the table of contents; one without content is left out. `code` is also the heading of its narrative
    in `data/**/text`. `blocks` name the charts, tables, lists and boxes that follow the narrative (see CHARTS, TABLES,
    LISTS, BOXES). `annex` sections are lettered; one that is not `numbered` precedes them all. Without a written
    headline, one is made from the first of the indicators `findings` that can be compared and has none yet. A section
    made `from_data` alone needs no text, an `optional` one may have one. A chapter that `opens_page` starts a new page.
    `alone` is the title if there is no previous year."""

    code: str
    title: str
    blocks: tuple[str, ...] = ()
    parts: tuple["Part", ...] = ()
    numbered: bool = True
    annex: bool = False
    findings: tuple[str, ...] = ()
    from_data: bool = False
    optional: bool = False
    opens_page: bool = False
    front: bool = False
    alone: str = ""

    def walk(self) -> Iterator["Part"]:
        yield self
        for part in self.parts:
            yield from part.walk()


Outline = tuple[Part, ...]
# The headline of a page of key figures is made from the first of these that can be compared.
KEY_FINDINGS = (
    "victims.identified",
    "victims.registered",
    "investigations.opened",
    "persons.convicted",
    "assistance.persons",
)

# What is older than the year: not in the year's report but in Data and methods, or at its end if it is one document.
HISTORY = Part(
    "history",
    "Earlier years",
    parts=(
        Part("earlier_framework", "Institutional and legal framework", optional=True),
        Part("earlier_assistance", "Assistance and support to victims", optional=True),
        Part("earlier_prevention", "Prevention", optional=True),
        Part("earlier_capacity_building", "Capacity building", optional=True),
        Part("earlier_cooperation", "Cooperation", optional=True),
    ),
    optional=True,
)
CHAPTERS: Outline = (
    # Only in a corrigendum, so that readers of the earlier edition see at once what differs.
    Part(
        "erratum",
        "Erratum",
        ("erratum_about", "erratum_figures", "erratum_things", "erratum_texts", "erratum_files"),
        numbered=False,
        opens_page=True,
        from_data=True,
    ),
    Part(
        code="at_a_glance",
        title="At a glance",
        blocks=("key_figures", "reading_the_figures"),
        numbered=False,
        opens_page=True,
        findings=KEY_FINDINGS,
    ),
    Part(
        code="compared",
        title="Compared with the year before",
        alone="Countries and forms of exploitation",
        blocks=("dumbbells", "law_in_brief", "countries_year", "forms_year"),
        numbered=False,
        from_data=True,
    ),
    Part("reading", "Reading the figures", ("article_19a",), from_data=True),
    Part(
        "proposals",
        "Challenges and recommendations",
        parts=(
            Part("challenges", "Main challenges"),
            Part("recommendations", "Recommendations", ("earlier_recommendations",)),
        ),
    ),
    Part(
        "general_situation",
        "Victims and the countries named",
        ("countries_named",),
        parts=(
            Part(
                "victims",
                "Victims",
                (
                    "victims_by_person",
                    "victims_year",
                    "victims_over_years",
                    "three_populations",
                    "victims_crossed",
                    "victims_by_country",
                    "victims_by_organisation",
                ),
            ),
        ),
        findings=("victims.identified", "victims.registered"),
    ),
    Part(
        "justice",
        "Investigation and prosecution",
        parts=(
            Part("investigation", "Investigations", ("investigations",)),
            Part("forms", "Forms of exploitation", ("forms_over_years",)),
            Part(
                "criminal_justice",
                "Prosecution and conviction",
                ("criminal_justice", "justice_chain", "convictions_sentences", "legal_lag"),
            ),
        ),
        findings=("investigations.opened", "persons.convicted"),
    ),
    Part(
        "assistance_and_support",
        "Assistance and support to victims",
        parts=(
            Part("assistance", "Assistance and support", ("assisted", "population_of_assistance")),
            Part("children", "Special protective measures for children"),
            Part("referral_mechanism", "National referral mechanism"),
        ),
        findings=("assistance.persons",),
    ),
    Part(
        "framework",
        "Institutional and legal framework",
        parts=(
            Part("criminal_code", "Criminal law", ("penalties",)),
            Part("aliens", "Legal status of aliens"),
            Part("administrative_violations", "Administrative violations"),
            Part("assistance_law", "Assistance to victims of crime"),
            Part("action_plans", "National strategy and action plans", ("action_plans",)),
            Part("coordination", "Coordination at national level", ("who_does_what",)),
            Part("national_rapporteur", "National rapporteur"),
        ),
    ),
    Part(
        "prevention_and_capacity",
        "Prevention and capacity building",
        parts=(
            Part("prevention", "Prevention", ("campaigns",)),
            Part("capacity_building", "Capacity building", ("training_events",)),
        ),
    ),
    Part(
        "international",
        "EU and international cooperation",
        parts=(
            Part("cooperation", "Cooperation", ("joint_work",)),
            Part("directive", "Implementation of Directive 2011/36/EU"),
        ),
    ),
    Part("figures", "The figures year by year", ("time_table", "crossed"), from_data=True),
    Part(
        "resources_and_contacts",
        "Contacts and resources",
        parts=(Part("contacts", "Contacts", ("contacts",)), Part("resources", "Resources", ("references",))),
    ),
    HISTORY,
)

SYMBOLS = Part("symbols", "Symbols, flags and abbreviations", ("symbols", "abbreviations"), annex=True)
SOURCES = Part("sources", "Sources", ("sources",), annex=True)
REVISIONS = Part("revisions", "Revisions since the last edition", ("revisions",))
ANNEXES: Outline = (
    Part("definitions", "Definitions", ("definitions",), annex=True),
    SYMBOLS,
    SOURCES,
    Part("methodology", "Methodology by ESMS heading", ("methodology",), annex=True),
    Part(
        "annex_quality",
        "Data quality and revisions",
        parts=(
            Part("open_findings", "Findings still open", ("open_findings",)),
            Part("findings", "Findings accepted", ("findings",)),
            REVISIONS,
            Part("differences", "Differences from other publications", ("differences",)),
            Part("texts_carried", "Texts carried over", ("texts_carried",)),
        ),
        annex=True,
    ),
    Part(
        "annex_coverage",
        "Coverage and mapping to other statistics",
        parts=(
            Part("coverage", "Coverage of Article 19a", ("coverage",)),
            Part("mapping", "Mapping to Eurostat and GLOTIP", ("mapping",)),
        ),
        annex=True,
    ),
    Part("annex_record", "Bodies and activities", ("institutions", "earlier_activities"), annex=True),
    Part("annex_charts", "Data behind the charts", ("chart_data",), annex=True),
)
# Everything a profile can contain, in one document.
SECTIONS: Outline = (*CHAPTERS, *ANNEXES)

# The blocks of a profile's chapter `compared`, and those too detailed for it.
COMPARISON: Outline = (
    Part(
        "compared_glance",
        "Side by side",
        ("dumbbells", "compared_columns", "countries_over_years", "law_in_brief", "reading_the_comparison"),
        numbered=False,
        opens_page=True,
    ),
    Part(
        "compared_figures",
        "The figures side by side",
        parts=(
            Part("comparability", "Limits of comparability", ("comparability",)),
            Part("compared_indicators", "Every indicator", ("every_change", "per_inhabitants")),
            Part("compared_parts", "Breakdowns", ("part_changes",)),
            Part("compared_words", "In sentences", ("changes",)),
        ),
        opens_page=True,
    ),
    Part(
        "compared_context",
        "Countries, law and offices",
        parts=(
            Part("compared_countries", "Countries named", ("countries_changed",)),
            Part("compared_law", "Law, plans and offices", ("law_changed",)),
        ),
    ),
    Part("symbols", "Symbols, flags and abbreviations", ("symbols", "abbreviations"), annex=True),
    Part("definitions", "Definitions", ("definitions",), annex=True),
    Part("sources", "Sources", ("sources",), annex=True),
    Part("findings", "Findings accepted", ("findings",), annex=True),
    Part("annex_charts", "Data behind the charts", ("chart_data",), annex=True),
)
# Comparison of many countries: what can be compared among how many, then each figure with its range and ranks.
RANKING: Outline = (
    Part("ranked_glance", "Comparable figures", ("ranges", "ranges_read"), numbered=False, opens_page=True),
    Part("ranked", "Figure by figure", ("rankings", "unranked"), opens_page=True),
    Part("ranked_parts", "Breakdowns", ("part_ranges",), opens_page=True),
    Part("comparability", "Limits of comparability", ("comparability", "people"), opens_page=True),
    *(part for part in COMPARISON if part.annex and part.code != "annex_charts"),
)
TEXTS: Outline = (Part("compared_text", "The texts, word by word", ("texts_carried", "texts_changed")),)


class Volume(StrEnum):
    """A document of an edition or comparison, by its file name."""

    MAIN = ""
    METHODS = "data-and-methods"
    TEXTS = "texts"


Outlines = Mapping[Volume, Outline]
PROFILE: Mapping[Annexes, Outlines] = {
    Annexes.SHORT: {
        Volume.MAIN: (
            *(chapter for chapter in CHAPTERS if chapter is not HISTORY),
            SOURCES,
            replace(REVISIONS, blocks=("revised",), annex=True),
            replace(SYMBOLS, annex=False, numbered=False, front=True),
        ),
        Volume.METHODS: (*(replace(part, annex=False) for part in ANNEXES), HISTORY),
    },
    Annexes.FULL: {Volume.MAIN: SECTIONS},
}
COMPARED: Outlines = {Volume.MAIN: COMPARISON, Volume.TEXTS: TEXTS}
RANKED: Outlines = {Volume.MAIN: RANKING}


def is_side_by_side(outlines: Outlines) -> bool:
    return outlines[Volume.MAIN] in (COMPARISON, RANKING)


def with_charts(outline: Outline, choice: ChartChoice) -> Outline:
    instead = dict(choice.instead)

    def chosen(part: Part) -> Part:
        names = tuple(instead.get(name, name) for name in part.blocks if name not in choice.leave_out)
        return replace(part, blocks=names, parts=tuple(map(chosen, part.parts)))

    return tuple(map(chosen, outline)) if choice.leave_out or choice.instead else outline


def block_names(outline: Outline) -> tuple[str, ...]:
    return tuple(name for part in parts(outline) for name in part.blocks)


def parts(outline: Outline = SECTIONS) -> Outline:
    return tuple(part for chapter in outline for part in chapter.walk())


BLOCKS = block_names(SECTIONS)
# Every chart that a workspace can choose by its own name. CHARTS makes them.
CHART_NAMES = (
    "key_figures",
    "countries_year",
    "countries_named",
    "action_plans",
    "assisted",
    "investigations",
    "forms_year",
    "forms_over_years",
    "victims_year",
    "victims_over_years",
    "victims_by_person",
    "criminal_justice",
    "convictions_sentences",
    "compared_columns",
)
# Separates indicator and breakdown in the name of a chart.
BY = "-by-"


def is_chart(name: str, catalogue: Catalogue) -> bool:
    code, _, axis = name.partition(BY)
    indicator = catalogue.indicator(code)
    return name in CHART_NAMES or (indicator is not None and (name == code or axis in indicator.dimensions))
