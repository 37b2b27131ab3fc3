"""A child laid beside its parent: who is meant, what each target says, which answers which, what is owed and found."""
