"""What the rules of `ingest.claims` share: who speaks, where, how certainly, about what."""
