"""Who is looked for: records, names, evidence, kinship, joint identification. Pure functions, no web, no database."""
