"""The pages that put together sections of all apps: the office's day and the set-up."""
