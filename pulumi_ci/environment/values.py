"""The values of an environment's variables as the config file of a stack."""

from __future__ import annotations

from ruamel.yaml.comments import CommentedMap

from pulumi_ci.environment import yaml
from pulumi_ci.environment.environment import CONFIG_KEYS, Environment


def text_of(environment: Environment, project: str) -> str:
    """The text of a `Pulumi.<stack>.yaml` that gives a project these values; secrets stand there as a comment."""
    config = CommentedMap()
    for name, key in CONFIG_KEYS.items():
        if (value := environment.values.get(name)) is not None:
            config[key] = yaml.writable(str(value))
    for name in environment.config:
        if (value := environment.values.get(name)) is not None:
            config[f"{project}:{name}"] = yaml.writable(value)
    document = CommentedMap({"config": config})
    if unset := [name for name in environment.config if environment.values.get(name) is None]:
        told = "\n".join(f"pulumi config set --secret {name} ..." for name in unset)
        document.yaml_set_start_comment(f"Secrets are not exported; set them with\n{told}")
    return yaml.dump(document)
