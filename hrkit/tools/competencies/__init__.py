"""Leadership competencies, five years ahead: what leadership development should be about."""
