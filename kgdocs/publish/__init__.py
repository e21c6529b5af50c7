"""Database + datasette/ → Datasette application; the only place for Datasette."""
