"""What is done: pledges, practices, plans, programmes, policy instruments, and their progress."""
