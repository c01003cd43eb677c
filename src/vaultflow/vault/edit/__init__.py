"""Edits of one note, by the bytes concerned: bytes in, bytes out, or a refusal."""
