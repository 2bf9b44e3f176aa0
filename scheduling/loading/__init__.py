"""What may lie on a truck, and where a truck may go. Pure: figures in, problems out."""
