"""Template tags that every page uses: built files, direction of a language."""

from __future__ import annotations

from django import template
from django.templatetags.static import static

from ejlas.core import languages
from ejlas.web.ui import built as built_files

register = template.Library()


@register.simple_tag
def built(name: str) -> str:
    """Return the address of what was built from a source, such as `site.ts` or `site.css`."""
    return static(built_files.built_file(name))


@register.simple_tag
def built_fonts(language: str) -> list[str]:
    """Return the addresses of the fonts that a page in this language needs at once."""
    return [static(path) for path in built_files.fonts_of(languages.script(language))]


@register.filter
def direction(language: str) -> str:
    """Return `rtl` or `ltr`."""
    return languages.direction(language)


@register.filter
def own_name(language: str) -> str:
    """Return the name of a language in itself."""
    return languages.own_name(language)
