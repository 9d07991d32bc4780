"""Sensor events in, tide levels and notifications out."""
