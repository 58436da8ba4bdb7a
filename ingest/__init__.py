"""Documents in, a validated graph out."""
