"""Views: thin, each one guard and one act."""
