"""What is measured: sources become observations, observations become indicators and assessments."""
