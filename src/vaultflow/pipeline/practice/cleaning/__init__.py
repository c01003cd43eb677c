"""Keeping the list clean: what is dead, what is there twice, and what is not said."""
