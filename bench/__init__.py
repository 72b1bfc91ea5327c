"""Nonlinear and a stock Streamlit page, measured side by side: ``python -m bench``."""
