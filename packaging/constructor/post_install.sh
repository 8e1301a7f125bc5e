#!/bin/sh
# The installer gives PREFIX: where it has put everything.
set -eu
"$PREFIX/bin/python" "$PREFIX/finish.py" install "$PREFIX"
