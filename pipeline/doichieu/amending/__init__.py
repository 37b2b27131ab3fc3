"""The text that holds on a day: a document with its amendments applied, every change told and none guessed."""
