"""Who works in the panel: accounts, what each may do, how they sign in, and keys of programs."""
