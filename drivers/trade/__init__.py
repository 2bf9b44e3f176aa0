"""What the law wants to stand on a delivery ticket, as dated data."""
