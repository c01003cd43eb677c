"""The quick reader of bodies: serves those of which it is certain, and leaves the others alone."""
