"""Commands for those who work on this package: `make kind` and `make check-kind`."""
