"""Functions from rooms that load late, which steps of a release need."""

from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType

from reporter.delivery.packaging import PackagingTools
from reporter.delivery.publishing import PublishingTools
from reporter.model import Recipient
from reporter.produce.order import Outcome


@dataclass(frozen=True, slots=True)
class ReleaseTools:
    """Functions that load what a step needs when it runs. `keys` loads what opens the key at an address. Another
    process knows each of them by its name."""

    publishing: Callable[[], PublishingTools]
    packing: Callable[[Recipient], PackagingTools]
    build: Callable[..., list[Outcome]]
    signatures: Callable[[], ModuleType]
    keys: Callable[[str], ModuleType]
