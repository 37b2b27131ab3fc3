"""What one target is to another: wider, stricter, later, another; and what follows from several together."""
