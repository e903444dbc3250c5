"""The source documents and the code that reads them into instruments, provisions and clauses."""
