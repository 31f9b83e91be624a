"""Media Processing Service (MPS): a resource class for every kind of it."""

from pulumi_ci.provider.door import find, names

__all__ = sorted(names("mps"))

globals().update({name: find("mps", name) for name in __all__})
