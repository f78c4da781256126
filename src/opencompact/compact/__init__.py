"""What was agreed, as data: objectives, principles, round tables, recommendations, indicators, areas."""
