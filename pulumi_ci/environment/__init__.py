"""What works over many resources: environment files, export, import, drift, compare and promote."""
