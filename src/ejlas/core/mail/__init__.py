"""Mail in the person's language, sent in the background: `mail.send(to=…, template=…, language=…, values=…)`."""

from ejlas.core.mail.sending import Attachment, send

__all__ = ["Attachment", "send"]
