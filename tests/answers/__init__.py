"""Tests of the answers wing: real files, real databases, real processes."""
