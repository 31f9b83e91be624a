"""What things cost: N resources on the real engine (`python -m benchmarks`), and the emulator under load."""
