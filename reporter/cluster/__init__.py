"""The room of other machines, where the workers of Dask make documents. Only here Dask is known. It is an extra and
loads late: `beginning` needs it, `cluster_address` does not."""
