"""What happens when things go wrong: faults, contention, random operations, garbage."""
