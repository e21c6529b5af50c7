"""Every rule of patterns/ tried on its own examples and counter-examples: for `kgdocs patterns check` and for the tests."""
