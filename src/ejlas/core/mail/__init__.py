"""Mail in the person's language, sent in the background: `mail.send(to=…, template=…, language=…, values=…)`."""

from ejlas.core.mail.sending import send

__all__ = ["send"]
