"""`pulumi-ci graph SOURCE [WORKFLOW]`: a picture of a workflow."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click
from rich.console import Console

from pulumi_ci.cli import reading

if TYPE_CHECKING:
    from pulumi_ci.environment.environment import Environment, Resource
    from pulumi_ci.graph.graph import Graph

    Form = Literal["tree", "mermaid", "svg"]

_ENDINGS: dict[str, Form] = {".svg": "svg", ".mmd": "mermaid", ".mermaid": "mermaid"}
_SLUG = "workflow"


@click.command()
@click.argument("source")
@click.argument("workflow", required=False)
@click.option("every", "--all", is_flag=True, help="Draw every workflow of the source.")
@click.option(
    "form",
    "--format",
    type=click.Choice(["tree", "mermaid", "svg"]),
    help="As the name of --output ends (.svg, .mmd); else tree.",
)
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="Write the picture into this file.")
@reading.options
def graph(
    source: str,
    workflow: str | None,
    every: bool,
    form: Form | None,
    output: Path | None,
    cwd: Path,
    endpoint: str | None,
    given: tuple[str, ...],
) -> None:
    """Draws a workflow.

    It shows what its nodes do, and what follows what.

    SOURCE is `live:<region>/<bucket>`, `stack:<name>`, an environment file (`FILE.yaml`, `FILE.yaml@<stack>`), the path
    of an exported state, or `-` for one on standard input. WORKFLOW is its name in the program, its own name or its id;
    it may be left out where there is one workflow.

    A workflow that is wrong is drawn as it is, with what is wrong beside its nodes.
    """
    from pulumi_ci.environment import whole
    from pulumi_ci.environment.source import parse
    from pulumi_ci.graph.graph import graph as drawing

    if every and workflow is not None:
        raise click.UsageError("--all draws every workflow; leave it out, or leave WORKFLOW out")
    environment = reading.reading(cwd, endpoint, given).environment(parse(source))
    graphs = [drawing(one, environment) for one in _chosen(environment, workflow, every)]
    chosen: Form = form or ("tree" if output is None else _ENDINGS.get(output.suffix.lower(), "tree"))
    if output is not None:
        whole.replace(output, _text(graphs, chosen))
    elif chosen == "tree" and (console := Console()).is_terminal:
        from pulumi_ci.graph.tree import as_tree

        for one in graphs:
            console.print(as_tree(one))
    else:
        click.echo(_text(graphs, chosen), nl=False)


def _chosen(environment: Environment, wanted: str | None, every: bool) -> list[Resource]:
    """The workflows to draw. Raises UsageError when it is not clear which one is meant."""
    from pulumi_ci.model.check import nearest

    known = [one for one in environment.resources.values() if one.kind.slug == _SLUG]
    if not known:
        raise click.UsageError("the source holds no workflow")
    if every or (wanted is None and len(known) == 1):
        return known
    if wanted is None:
        raise click.UsageError(f"the source holds {len(known)} workflows; name one, or give --all: {_listed(known)}")
    found = [one for one in known if one.name == wanted] or [one for one in known if _is_called(one, wanted)]
    if not found:
        names = [name for one in known for name in (one.name, one.properties.get("name")) if isinstance(name, str)]
        hint = nearest(wanted, names)
        raise click.UsageError(f"the source holds {_listed(known)}, and no workflow called {wanted!r}{hint}")
    if len(found) > 1:
        raise click.UsageError(f"{len(found)} workflows are called {wanted!r}; give the id of one: {_listed(found)}")
    return found


def _is_called(one: Resource, wanted: str) -> bool:
    """Whether this is the own name or the id of a workflow. A made name is not among the properties."""
    from pulumi_ci.lifecycle.names import stem_of

    name = one.properties.get("name")
    ids = [] if one.id is None else [one.id, one.id.rpartition("/")[2]]
    return wanted in [name, *ids] or (name is None and stem_of(one.kind, wanted, one.name) is not None)


def _listed(known: list[Resource]) -> str:
    return ", ".join(one.name if one.id is None else f"{one.name} ({one.id.rpartition('/')[2]})" for one in known)


def _text(graphs: list[Graph], form: Form) -> str:
    from pulumi_ci.graph.mermaid import as_mermaid
    from pulumi_ci.graph.tree import as_text

    if form == "svg":
        from pulumi_ci.graph.svg import as_svg

        return as_svg(graphs)
    return as_mermaid(graphs) if form == "mermaid" else as_text(graphs)
