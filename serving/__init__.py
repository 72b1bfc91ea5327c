"""The middlewares of the guide: small files, safe headers, links with previews."""
