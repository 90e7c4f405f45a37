"""How good a model is: its figures on sentences whose intent is known, and the conditions it must meet."""
