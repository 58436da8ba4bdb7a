"""How instruments are built: the verbs that head their clauses, the clauses, and clauses quoted elsewhere."""
