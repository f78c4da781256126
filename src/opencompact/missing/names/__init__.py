"""Names in every script: how alike two are, why, and which records to put side by side."""
