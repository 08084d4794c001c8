"""Pages, a module for each noun."""
