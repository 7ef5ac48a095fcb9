"""Addresses that show no page of their own, each a module with its ADDRESS: they send bytes or lead elsewhere."""
