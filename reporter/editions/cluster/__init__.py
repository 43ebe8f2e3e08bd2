"""Documents made by Dask workers, here or on other machines. Only `dask_executor` imports Dask, an extra."""
