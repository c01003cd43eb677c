"""`vaultflow.toml` at the root of a vault, read and refused."""
