"""Every scene of every page, held against itself and against tables of what its figure shows."""
