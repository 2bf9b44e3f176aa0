"""The ground floor: what every app may use, and which knows none of them."""
