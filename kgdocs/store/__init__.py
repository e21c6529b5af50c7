"""Values ↔ SQLite: schema, saving, searching; the only place for sqlite-utils."""
