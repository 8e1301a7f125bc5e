"""The gains tracker: what was promised, tested on the organisation's own figures."""
