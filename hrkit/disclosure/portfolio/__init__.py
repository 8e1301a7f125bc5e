"""What may be shown of many organisations together: a benchmark none of them can be recognised in.

Whoever is counted here is an organisation, and what is to be kept from the others is its means.  All
that goes in is released already (`entries`); what comes out are `Norms`, a few rounded numbers that are the
same for everybody (`decide`), each proved (`proof`).  A client's page is made of its own release and of
these numbers alone (`hrkit.disclosure.derived.place`), so that all pages of all clients together say no
more than the norms do.  `apart` is for the consultant's own report, and names organisations.
"""
