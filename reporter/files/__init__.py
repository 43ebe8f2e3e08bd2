"""The files of a workspace: read once as a snapshot, written whole or not at all."""
