"""Documents made by the workers of Dask, here or on other machines. Only `dask_executor` imports Dask, an extra."""
