"""Thin commands, no logic, each importing its room late."""
