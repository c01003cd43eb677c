"""What `vaultflow init` sees in a vault, and the settings that it proposes."""
