"""What follows from released means: pure functions of tables that may be shown.

Whatever a report says beyond a mean, an interval, a difference, a level, an order, is made here
of means as they are printed, of numbers of answers and of the spread that an interval may rest on.
Nothing here can reach an answer, so nothing here can tell more than the means do; the import
contracts hold that.
"""
