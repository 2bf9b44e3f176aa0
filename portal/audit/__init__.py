"""Who did what to which record, and when. Rows are added and never changed."""
