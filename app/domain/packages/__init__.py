"""What leaves the house for a print provider."""
