"""From claims to quads: IRIs, labels, evidence, provenance."""
