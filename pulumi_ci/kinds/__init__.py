"""The kinds of resources, one file each: declarations and the rules between their fields."""
