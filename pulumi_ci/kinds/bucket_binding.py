"""The binding of a bucket to CI, on which everything else depends."""

from __future__ import annotations

from pulumi_ci.kinds._switch import SwitchedKind
from pulumi_ci.model.api import Call, Switch


class BucketBinding(SwitchedKind):
    """Binds a COS bucket to CI. Unbinding keeps the bucket and its files.

    Declare it first: what the program declares after it in the same bucket is made after it and deleted before it,
    without `depends_on`.
    """

    slug = "bucket-binding"
    pages = (2, 3, 4)
    api = Switch(
        on=Call("PUT"),
        off=Call("PUT", query="unbind"),
        read=Call("GET"),
        root="CIStatus",
        changing=("unbinding",),
        opens="bucket",
    )
