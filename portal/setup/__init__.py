"""What the business has decided about itself: the data behind ``/setup/``."""
