"""The Atom feeds, each a module with its ADDRESS and a function `page` that returns it; one template shows all."""
