"""Databases: how they are opened, locked and compacted, whatever is kept in them."""
