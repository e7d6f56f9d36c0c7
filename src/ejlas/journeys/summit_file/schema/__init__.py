"""The schema of a summit file, cut by subject; the reference page and the JSON Schema are made from it."""

from ejlas.journeys.summit_file.schema.document import SummitFile

__all__ = ["SummitFile"]
