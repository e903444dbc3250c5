"""The facts that clauses state: amounts, periods, validity, offices, relations, benefits."""
