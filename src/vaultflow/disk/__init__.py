"""Everything that touches the world, thin: scan, config, templates, write."""
