"""The Rasa project: it runs under its own interpreter (Python 3.10) and is never imported by the application."""
