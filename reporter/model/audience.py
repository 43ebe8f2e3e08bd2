"""For whom an edition is made."""

from reporter.model.statement import Explained


class Audience(Explained):
    """Who may read an edition. A public one is made from files in which no withheld value is left; a restricted one
    holds them all."""

    PUBLIC = "public", "everybody can read it: nothing that is withheld is in it"
    RESTRICTED = "restricted", "an office that may know withheld values: they are all in it, and every page says so"
