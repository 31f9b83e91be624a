"""The declaration language: kinds, nodes, marks and the walkers over them."""
