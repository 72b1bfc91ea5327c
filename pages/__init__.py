"""Rooms a visitor sees. No script may lie directly in this folder: until ``app.py`` has run once, Streamlit serves such
a file as a page of its own, and the first visitor with a deep link would see it without frame, sidebar or language."""
