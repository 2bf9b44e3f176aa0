"""Quo (formerly OpenPhone): its signatures and its payloads, in both generations."""
