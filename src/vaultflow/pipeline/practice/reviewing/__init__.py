"""The habit of reviewing: when it was done, what it asks, and what drives it."""
