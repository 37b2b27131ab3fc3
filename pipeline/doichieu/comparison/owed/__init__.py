"""What of the parent this child owes at all, how serious a departure is, and what is odd about the pair itself."""
