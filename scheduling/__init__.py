"""Work and capacity: jobs, runs, the dispatch board."""
