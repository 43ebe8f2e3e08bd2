"""Documents made by the workers of Dask, here or on other machines. Only `dask_executor` imports Dask, which is an
extra; `cluster_address` reads the word of `--cluster` without it."""
