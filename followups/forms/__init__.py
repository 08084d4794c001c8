"""Forms, a module for each noun."""
