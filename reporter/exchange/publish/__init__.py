"""Publish an edition, with its approvals."""
