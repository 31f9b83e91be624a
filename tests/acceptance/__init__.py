"""Acceptance: the real Pulumi engine drives every kind against the emulator."""
