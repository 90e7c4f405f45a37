"""How long each kind of data is kept: periods that administrators set, and the deleting of what is older."""
