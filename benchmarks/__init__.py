"""Measurements that anyone can repeat; nothing here is a test."""
