"""Who waits for what, how long, and how many come how far."""
