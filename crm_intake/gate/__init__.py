"""May a text go out? Pure functions of the facts and the moment; the rules are dated data."""
