"""Numbers of the past and what to expect: pure functions, each with the n that it rests on."""
