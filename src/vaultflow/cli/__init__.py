"""Words only: parse arguments, call `flow`, show the outcome."""
