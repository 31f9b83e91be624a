"""What happens to one resource: check, diff, create, read, update, delete; without any Pulumi."""
