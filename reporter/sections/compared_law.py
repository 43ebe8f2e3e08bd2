"""What of the law, the plans and the offices is new, amended or ended between two sides."""

from reporter.document import Table
from reporter.sections.material import Material


def law_changed(material: Material) -> tuple[Table, ...]:
    """Provisions, plans, institutions and contacts that differ between the first and the last side."""
    return ()
