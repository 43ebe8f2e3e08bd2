"""The workbench: serves a workspace to a browser on this machine."""
