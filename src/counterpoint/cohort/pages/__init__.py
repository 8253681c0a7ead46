"""The proof as pages: tables of figures in Markdown, each with the command that made it."""
