"""The pages, each a module with its ADDRESS and a function `page` that returns the record its template shows."""
