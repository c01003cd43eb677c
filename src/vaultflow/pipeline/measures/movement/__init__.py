"""How deals move: through stages, past them, and not at all."""
