"""A consolidated text for people and machines: page, Word with tracked changes, Akoma Ntoso."""
