"""Benches: each starts what it needs, compares two ways in one run, and checks what they did."""
