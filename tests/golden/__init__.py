"""Invented documents and what the product makes of them."""
