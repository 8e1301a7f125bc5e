"""Whole deliveries, attacked: organisations live, reports leave the kit, somebody reads them closely.

`world` says who answered what when, `play` lets an organisation live, `facts` are the numbers that
left the kit, `reading` says what each of them tells about whom, `programme` what follows from all of
them together, `attack` whom that gives away.  Nothing here uses `hrkit.disclosure`.
"""
