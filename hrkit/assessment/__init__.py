"""The report of one engagement as a notebook uses it: parts, sheets, own texts, where a number comes from."""
