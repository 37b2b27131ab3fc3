"""What one target says: its terms, ages, standards, measure, frequency, and what stands around it and belongs to it."""
