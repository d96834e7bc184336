"""What the budget pays for a person and what a bank lends."""
