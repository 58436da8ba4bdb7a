"""What the words mean: the vocabulary, its Turtle files, schemes, questions. Imports nothing of the project."""
