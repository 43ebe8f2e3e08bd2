"""The room of other machines: documents are made by the workers of Dask.

Only here Dask is known. It is an extra, and loads late: `opening` and what it imports need it, `addresses` does not.
"""
