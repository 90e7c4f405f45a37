"""Twilio: everything that needs the provider's own library."""
