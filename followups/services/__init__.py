"""Writes on what is done about the facts, a module for each noun."""
