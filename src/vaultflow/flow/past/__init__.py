"""The past of leads: what git and the journals tell, and how the journal is kept."""
