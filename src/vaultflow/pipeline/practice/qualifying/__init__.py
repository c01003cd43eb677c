"""Whether there is a deal at all: answers, steps, signals, risks, fit and priorities."""
