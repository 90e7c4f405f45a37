"""Who gets what, when: at present the scheduler that keeps live data fresh."""
