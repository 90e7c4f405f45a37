"""What was done, by whom and when: written together with the change itself, never changed afterwards."""
