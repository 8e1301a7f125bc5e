"""One room per outside format; each hands on the same checked `Reading`."""
