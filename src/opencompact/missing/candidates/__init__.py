"""Candidates: pairs of records worth a person's look, found without comparing all with all, and explained."""
