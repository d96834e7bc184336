"""Life abroad and return: stays, check-ins, incidents, family, refunds."""
