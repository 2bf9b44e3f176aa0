"""What people of the office enter about people and their consent."""
