"""Where an emulator listens when nothing else is said."""

HOST = "127.0.0.1"
"""Loopback, and nothing else."""
PORT = 8780
URL = f"http://{HOST}:{PORT}"
