"""The channels and what goes over them: alerts, announcements, letters."""
