"""What residents think of answers: helpful or not, and why."""
