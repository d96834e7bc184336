"""What going abroad costs, what was paid, what was asked too much, and suspected fraud."""
