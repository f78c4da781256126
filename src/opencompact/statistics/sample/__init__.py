"""A synthetic sample: a fictional country with fictional neighbours and world, made from a seed."""
