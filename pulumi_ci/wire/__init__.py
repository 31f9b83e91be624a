"""How values are written on the wire, and read back."""
