"""Exit statuses of every command, in one place."""

OK = 0
"""In sync, or done."""
DIFFERENCE = 1
"""A difference or a mistake was found, or a step of the demo did not hold."""
USAGE = 2
"""The command or its input makes no sense."""
CREDENTIALS = 3
"""No credentials, or they were refused."""
REFUSED = 4
"""The API refused."""
CANCELLED = 8
TIMEOUT = 9
INTERNAL = 255
