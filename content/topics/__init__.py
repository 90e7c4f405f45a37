"""What residents ask about, one folder a topic; none knows another."""
