"""What is told: one area's review put together; site, PDF, DOCX, data."""
