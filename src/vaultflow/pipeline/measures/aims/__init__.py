"""What is aimed at: the goal, what it takes, and whether the pace is right."""
