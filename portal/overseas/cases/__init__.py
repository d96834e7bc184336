"""The case: from interest through every gate to the departure, its papers and consents."""
