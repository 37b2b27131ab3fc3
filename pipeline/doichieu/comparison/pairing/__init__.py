"""Which target of the child answers which of the parent, and which candidates were refused, and why."""
