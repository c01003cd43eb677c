"""What is known from earlier runs, so that a run in which little has changed does little."""
