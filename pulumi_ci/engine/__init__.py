"""Finds, installs or builds the Pulumi command: the Python package `pulumi` is only the part that talks to it."""

from pulumi_ci.engine.engine import Engine, EngineUnavailable
from pulumi_ci.engine.locate import ensure, find

__all__ = ["Engine", "EngineUnavailable", "ensure", "find"]
