"""Begin to work with a cluster: it runs, or is begun here."""

import logging
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path

import dask
from distributed import Client, LocalCluster, Security

from reporter.cluster import remote
from reporter.cluster.cluster_address import ClusterAddress
from reporter.cluster.on_cluster import GONE, OnCluster
from reporter.errors import ReporterError

# Seconds to reach a scheduler, for its first worker to come, and for workers of this machine to end.
CONNECT, FIRST_WORKER, ENDING = 5.0, 15.0, 5.0
HOST = "127.0.0.1"
SETTINGS = {
    # A snapshot may have a theme with typefaces of some megabytes; it travels once for each document.
    "distributed.admin.large-graph-warning-threshold": "1 GiB",
    # Nobody looks at pages of it.
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
}
QUIET = ("distributed", "tornado", "asyncio")


def open_cluster(address: ClusterAddress, cache: Path, tell: Callable[[str], None]) -> OnCluster:
    """Begin to work with a cluster that has a worker. `cache` is where workers of this machine keep what is slow.
    Raises ReporterError when nobody answers or can work."""
    # What it logs is told in our own words, where it matters.
    for name in [*logging.root.manager.loggerDict]:
        if name.startswith(QUIET):
            logging.getLogger(name).setLevel(logging.CRITICAL)
    dask.config.set(SETTINGS)
    with ExitStack() as ending:
        cluster = _begun(address.local, ending) if address.local else None
        client = _connected(address, cluster)
        opened = OnCluster(client, str(address), tell, cache if cluster else None, ending.pop_all().close)
        try:
            opened.wait_for_workers(FIRST_WORKER)
        except BaseException:
            opened.close()
            raise
        return opened


def _begun(count: int, ending: ExitStack) -> LocalCluster:
    """A scheduler and so many workers of this machine. They listen on loopback alone, and to nobody without the key
    that is made for them and written nowhere."""
    cluster = LocalCluster(
        n_workers=count,
        threads_per_worker=1,
        processes=True,
        host=HOST,
        dashboard_address=f"{HOST}:0",
        worker_dashboard_address=f"{HOST}:0",
        security=Security.temporary(),
        silence_logs=logging.CRITICAL,
        preload=[remote.__name__],
    )

    @ending.callback
    def end() -> None:
        with suppress(*GONE):
            cluster.close(timeout=ENDING)

    return cluster


def _connected(address: ClusterAddress, cluster: LocalCluster | None) -> Client:
    try:
        return Client(cluster or address.scheduler, timeout=CONNECT, set_as_default=False)
    except (*GONE, ValueError) as problem:
        told = str(problem).strip().partition("\n")[0]
        why = "nothing answers there" if isinstance(problem, OSError | TimeoutError) else told
        hint = "start one, see docs/cluster.md; or use the processors of this machine: --cluster local:2"
        raise ReporterError(f"no scheduler at {address}: {why}", hint=hint) from None
