"""What is spent on SMS, and the cap that a city sets on a day."""
