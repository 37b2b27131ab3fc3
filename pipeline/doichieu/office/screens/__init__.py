"""The screens, one module for each place in the menu; each gives its routes."""
