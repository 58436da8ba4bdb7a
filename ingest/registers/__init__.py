"""The registers: curated facts about bodies, texts, events, people and topics, read from CSV and TOML files."""
