"""Benchmarks: our figure and the floor beside it, interleaved in one run."""
