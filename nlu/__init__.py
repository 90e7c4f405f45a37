"""Understanding: a resident's sentence becomes an intent with probabilities.

Also imported inside the Rasa process (Python 3.10), so nothing is imported here.
"""
