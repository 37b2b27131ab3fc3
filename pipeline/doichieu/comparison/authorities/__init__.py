"""Whose document it is and where; which body of one level answers which of another; who holds a body's work today."""
