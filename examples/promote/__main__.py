"""What `media.yaml` says, with the values of the stack: `Pulumi.dev.yaml` or `Pulumi.prod.yaml`."""

import pulumi

import pulumi_ci as ci

made = ci.load("media.yaml")

pulumi.export("ids", {name: resource.id for name, resource in made.items()})
