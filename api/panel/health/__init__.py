"""How the product is doing: sources, model, processes, providers, facts due for a check, regular jobs."""
