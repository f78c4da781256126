"""OpenCompact: what the Compact says, what countries do, who is counted and looked for, what the review tells."""

__version__ = "0.1.0"
