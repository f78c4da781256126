"""How it looks: design tokens, charts, maps, typesetting to HTML, PDF and DOCX."""
