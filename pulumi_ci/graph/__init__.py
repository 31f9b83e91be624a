"""Pictures of workflows: nodes and edges, and the texts that they become. Nothing here does I/O."""
