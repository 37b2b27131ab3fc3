"""The parent's tasks and the links of the child that answer them."""
