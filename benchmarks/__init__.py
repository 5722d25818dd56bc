"""Measurements that anyone can repeat, and the synthetic wards they run on."""
