"""Several parents, several children, several versions; and what a report says of a plan."""
