"""Pages a visitor sees.

The folder is not called ``pages``: beside a folder of that name Streamlit 1.67 answers the first deep link after a
start with a "Page not found" dialog. And no script lies directly in it, so that each page is found by its name.
"""
