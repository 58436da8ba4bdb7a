"""Quads and shapes to findings, with pySHACL as referee."""
