"""What a delivery costs, by pure arithmetic."""
