"""Changes of notes that a person asks for, each planned and then written."""
