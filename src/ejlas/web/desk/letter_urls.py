"""The addresses of letters beside those that every kind of thing has; they stand in front of these."""

from __future__ import annotations

from django.urls import path
from django.urls.resolvers import URLPattern

from ejlas.web.desk.views import letter_acts, letter_files, letter_templates, letters, mailbox
from ejlas.web.ui.kinds.letters import LETTER, TEMPLATE

_LETTERS = f"<edition:edition>/{LETTER.address}/"
_OF = f"{_LETTERS}of/<slug:slug>/"
_TEMPLATES = f"<edition:edition>/{TEMPLATE.address}/"

urlpatterns: list[URLPattern] = [
    path(f"{_LETTERS}write/", letters.write, name="letter-write"),
    path(f"{_LETTERS}add/", letters.receive, name="letter-add"),
    path(f"{_LETTERS}many/", letter_acts.many, name="letter-many"),
    path(_OF, letters.show, name="letter"),
    path(f"{_OF}step/", letter_acts.step, name="letter-step"),
    path(f"{_OF}sent/", letter_acts.sent, name="letter-sent"),
    path(f"{_OF}reply/", letter_acts.reply, name="letter-reply"),
    path(f"{_OF}pdf/", letter_files.pdf, name="letter-pdf"),
    path(f"{_OF}docx/", letter_files.docx, name="letter-docx"),
    path(f"{_OF}files/", letter_files.add, name="letter-files"),
    path(f"{_OF}files/<slug:file>/", letter_files.show, name="letter-file"),
    path(f"{_OF}files/<slug:file>/remove/", letter_files.remove, name="letter-file-remove"),
    path(f"{_TEMPLATES}standard/", letter_templates.add_standard, name="template-standard"),
    path(f"{_TEMPLATES}of/<slug:slug>/", letter_templates.show, name="template"),
    path(f"{_TEMPLATES}of/<slug:slug>/preview/", letter_templates.preview, name="template-preview"),
    path("<edition:edition>/mailbox/", mailbox.mails, name="mailbox"),
    path("<edition:edition>/mailbox/<str:name>/", mailbox.mail, name="mailbox-mail"),
    path("<edition:edition>/mailbox/<str:name>/<int:number>/", mailbox.attachment, name="mailbox-file"),
]
