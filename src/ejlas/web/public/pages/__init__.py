"""One module for each page: what it shows, made from a publication's content for one reader; no request, no query."""
