"""Events, the energy cluster and the city's news."""
