"""From mentions to entities, a module per kind of thing: one entity or none, with the reason and the candidates."""
