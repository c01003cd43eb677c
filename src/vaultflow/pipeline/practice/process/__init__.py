"""The process that every lead follows: its stages, criteria and words, and who works by it."""
