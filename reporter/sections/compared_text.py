"""The narrative of two editions, section by section, word by word."""

from reporter.document import Block, Table
from reporter.sections.material import Material


def texts_carried(material: Material) -> Table | None:
    """The sections that stand unchanged since an earlier edition."""
    return None


def texts_changed(material: Material) -> tuple[Block, ...]:
    """What was inserted, deleted and moved in each section that differs between the first and the last side."""
    return ()
