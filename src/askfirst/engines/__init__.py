"""Plain Python that decides: no Django, database, network, clock or chance; everything comes in as an argument."""
