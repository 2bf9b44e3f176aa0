"""What the tests of all apps share. Not part of the running portal."""
