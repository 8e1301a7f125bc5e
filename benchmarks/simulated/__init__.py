"""The experiments behind the methods page, a module an idea; `benchmarks/simulate.py` runs them."""
