"""Relations → graph, chains, findings, pictures; the only place for networkx."""
