"""The public and staff service for texts, actions and reviews (Django). `opencompact serve` starts it."""
