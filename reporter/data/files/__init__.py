"""Read and write workspace files: read once as a snapshot, written completely or not at all."""
