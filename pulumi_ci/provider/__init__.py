"""Pulumi's faces on the lifecycles: the dynamic provider and the resource classes."""
