"""The parts of a safe write: lock, settle, temporary file, exchange, displaced bytes."""
