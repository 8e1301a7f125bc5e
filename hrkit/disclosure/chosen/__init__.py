"""What people chose, counted: the rules of tables, ballots and votes, and a wave's rows under them."""
