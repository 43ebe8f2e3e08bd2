"""What leaves the ministry: package, signature, outbox, receipt."""
