"""Read and write the files of a workspace. They are read once as a snapshot, and written whole or not at all."""
