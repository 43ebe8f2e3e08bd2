"""The headings of the Commission's page, and the sections under them."""

from collections.abc import Iterator
from dataclasses import dataclass

from reporter.model import ActivityKind

# Of a figure the first word of its name says what it is of. All others stand where years do without `family`.
ASSISTANCE = "assistance"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, and what stands under it. `now` are sections as they are now; the `lead` of their chapter is taken
    where none of them has a text. `years` are those that each year has written, newest first; `family` are the figures
    of these years. `activities` and `law` have figures that belong to no year; `listed` names a list of `LISTS`."""

    title: str
    lead: str = ""
    now: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    family: str = ""
    activities: tuple[ActivityKind, ...] = ()
    law: bool = False
    listed: str = ""
    parts: tuple["Heading", ...] = ()

    def walk(self) -> Iterator["Heading"]:
        """This heading and those below it, in reading order."""
        yield self
        for part in self.parts:
            yield from part.walk()


# The page is in English only. A country may name its own laws: `headings:` in its country.yaml, by the last section.
PAGE = (
    Heading("General information", now=("general_situation",)),
    Heading(
        "Institutional and legal framework",
        lead="framework",
        law=True,
        parts=(
            Heading("Criminal Code", now=("criminal_code",)),
            Heading("Legal status of aliens", now=("aliens",)),
            Heading("Administrative violations", now=("administrative_violations",)),
            Heading("Assistance to victims of crime", now=("assistance_law",)),
            Heading("National Strategy / National Action Plan", now=("action_plans",)),
            Heading(
                "Coordination of anti-trafficking actions at a national level",
                now=("coordination",),
                activities=(ActivityKind.COORDINATION,),
            ),
            Heading("The most important challenges at national level", lead="proposals", now=("challenges",)),
            Heading("National Rapporteur or equivalent mechanism", now=("national_rapporteur", "recommendations")),
        ),
    ),
    Heading(
        "Implementation of anti-trafficking policy",
        parts=(
            Heading(
                "Prevention",
                lead="prevention_and_capacity",
                now=("prevention",),
                activities=(ActivityKind.CAMPAIGN,),
            ),
            Heading("Capacity building", now=("capacity_building",), activities=(ActivityKind.TRAINING,)),
            Heading(
                "Assistance and support provided to victims",
                lead="assistance_and_support",
                now=("assistance",),
                years=("assistance",),
                family=ASSISTANCE,
            ),
            Heading("Special protective measures for children", now=("children",)),
            Heading(
                "Investigation and prosecution",
                lead="justice",
                years=("investigation", "forms", "victims", "criminal_justice"),
            ),
            Heading("National Referral Mechanism", now=("referral_mechanism",)),
        ),
    ),
    Heading(
        "EU and international cooperation",
        lead="international",
        now=("cooperation",),
        activities=(ActivityKind.COOPERATION,),
        parts=(Heading("Future plans in terms of implementation of the directive 2011/36/EU", now=("directive",)),),
    ),
    Heading("Resources", lead="resources_and_contacts", now=("resources",), listed="references"),
    Heading("Contacts", now=("contacts",), listed="contacts"),
)


def headings() -> tuple[Heading, ...]:
    return tuple(each for heading in PAGE for each in heading.walk())


def families(indicator: str) -> str:
    """The family of figures that an indicator is of. Empty for all those that have no heading of their own."""
    first = indicator.partition(".")[0]
    return first if any(each.family == first for each in headings()) else ""
