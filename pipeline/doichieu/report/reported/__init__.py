"""What reports make of a plan's targets, for people: page, Word, Excel."""
