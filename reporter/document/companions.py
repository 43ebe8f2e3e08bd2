"""What lies beside the page of an edition."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Companion:
    """A file of the same edition that lies beside its page. `language` is that of a page that says the same in another
    one, with a region in `locale`; its title is then the name of that language in itself. They are empty of any other
    file."""

    file: str
    title: str
    language: str = ""
    locale: str = ""
