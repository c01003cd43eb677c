"""What the user has ticked and typed on pages, understood as edits of the leads. Pure."""
