"""Settings: the reference page tells them all, and a wrong value stops the start and is named."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import get_language_info

from ejlas.config import addresses, environment
from ejlas.core.databases import POOL, database_from

ROOT = Path(__file__).resolve().parents[2]


def test_reference_page_tells_every_variable_and_no_other():
    read = (ROOT / "src/ejlas/config/settings.py").read_text()
    page = (ROOT / "docs/reference/settings.md").read_text()

    in_code = set(re.findall(r'env_\w+\(\s*"([A-Z_]+)"', read))
    in_page = set(re.findall(r"^\| `([A-Z_]+)` \|", page, re.MULTILINE))

    assert in_page == in_code


@pytest.mark.parametrize(
    ("variable", "value", "words"),
    [
        ("EJLAS_DEBUG", "maybe", "EJLAS_DEBUG is 'maybe'; write 1 or 0"),
        ("EJLAS_WORKERS", "two", "EJLAS_WORKERS is 'two'; write a whole number"),
        ("EJLAS_WORKERS", "0", "EJLAS_WORKERS is 0; write a number from 1 to 64"),
        ("DATABASE_URL", "mysql://host/name", "DATABASE_URL begins with 'mysql'; write sqlite or postgresql"),
        ("DATABASE_URL", "ejlas.sqlite3", "DATABASE_URL is not an address"),
        ("DATABASE_URL", "postgresql://host:many/name", "DATABASE_URL has no usable port"),
        ("EJLAS_SECRET_KEY", "short", "EJLAS_SECRET_KEY is too short"),
        ("REDIS_URL", "memcached://host", "REDIS_URL begins with 'memcached'; write redis://"),
        ("S3_URL", "https://store.example.org/bucket", "S3_URL begins with 'https'; write s3://"),
        ("S3_URL", "s3://store.example.org/bucket", "S3_URL lacks the key, the secret or the bucket"),
        ("SMTP_URL", "mail://host", "SMTP_URL begins with 'mail'; write smtp+tls://"),
        ("SMTP_URL", "smtps://", "SMTP_URL lacks the host"),
        ("SMTP_URL", "smtp://host:x", "SMTP_URL has no usable port"),
        ("EJLAS_MAIL_FROM", "secretariat", "EJLAS_MAIL_FROM is 'secretariat'; write name@example.org"),
        ("EJLAS_PROXIES", "10.0.0.1,proxy", "EJLAS_PROXIES holds 'proxy'; write 10.0.0.7 or 10.0.0.0/24"),
        ("EJLAS_TLS", "https", "EJLAS_TLS is 'https'; write 1 or 0"),
        ("EJLAS_HSTS_SECONDS", "-1", "EJLAS_HSTS_SECONDS is -1; write a number from 0"),
        ("EJLAS_METRICS_TOKEN", "guess", "EJLAS_METRICS_TOKEN is too short"),
        ("EJLAS_LOG_LEVEL", "loud", "EJLAS_LOG_LEVEL is 'loud'; write info, warning or error"),
    ],
)
def test_wrong_value_stops_the_start_and_is_named(variable, value, words):
    done = subprocess.run(
        [sys.executable, "-m", "ejlas", "audit", "verify"],
        env={**os.environ, variable: value},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_database_of_several_machines_is_read_from_one_address():
    made = database_from("postgresql://ejlas:a%40b@db.example.org:5433/summit?sslmode=require")

    assert made == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "summit",
        "USER": "ejlas",
        "PASSWORD": "a@b",
        "HOST": "db.example.org",
        "PORT": "5433",
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"pool": POOL, "sslmode": "require"},
    }


def test_store_of_files_is_read_from_one_address(tmp_path):
    made = addresses.storage_from("s3://key:se%2Fcret@store.example.org:9000/summit?region=eu-1&tls=0", folder=tmp_path)
    otherwise = addresses.storage_from("", folder=tmp_path)

    assert made["BACKEND"] == "storages.backends.s3.S3Storage"
    assert made["OPTIONS"] == {
        "access_key": "key",
        "secret_key": "se/cret",
        "bucket_name": "summit",
        "region_name": "eu-1",
        "endpoint_url": "http://store.example.org:9000",
        "default_acl": None,
        "file_overwrite": False,
        "signature_version": "s3v4",
        "addressing_style": "path",
    }
    assert otherwise["BACKEND"] == "django.core.files.storage.FileSystemStorage"
    assert otherwise["OPTIONS"]["location"] == tmp_path


@pytest.mark.parametrize(
    ("url", "port", "ssl", "tls"),
    [
        ("smtp://mail.example.org", 25, False, False),
        ("smtps://ejlas:a%40b@mail.example.org", 465, True, False),
        ("smtp+tls://ejlas:a%40b@mail.example.org:2587", 2587, False, True),
    ],
)
def test_mail_server_is_read_from_one_address(url, port, ssl, tls, tmp_path):
    made = addresses.mail_from(url, folder=tmp_path)

    assert (made["EMAIL_HOST"], made["EMAIL_PORT"]) == ("mail.example.org", port)
    assert (made["EMAIL_USE_SSL"], made["EMAIL_USE_TLS"]) == (ssl, tls)
    assert made["EMAIL_HOST_PASSWORD"] == ("a@b" if "@mail" in url and ":a" in url else "")


def test_mail_without_a_server_is_written_into_files(tmp_path, settings):
    for name, value in addresses.mail_from("", folder=tmp_path / "mail").items():
        setattr(settings, name, value)

    mail.EmailMessage("Subject", "Words", "a@example.org", ["b@example.org"]).send()

    (file,) = (tmp_path / "mail").iterdir()
    assert "To: b@example.org" in file.read_text()


def test_forms_are_taken_from_the_hosts_of_the_settings_alone():
    hosts = ["summit.example.org", ".example.org", "*"]

    assert addresses.origins_of(hosts, tls=True) == ["https://summit.example.org", "https://*.example.org"]
    assert addresses.origins_of(hosts, tls=False) == ["http://summit.example.org", "http://*.example.org"]


@pytest.mark.parametrize(("tls", "cookie", "hsts"), [("1", "__Host-session", 300), ("0", "session", 0)])
def test_tls_makes_cookies_and_redirects_safe(tls, cookie, hsts):
    code = (
        "import django, json; django.setup(); from django.conf import settings as s; print(json.dumps("
        "[s.SESSION_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_SSL_REDIRECT,"
        " s.SECURE_HSTS_SECONDS, s.SESSION_COOKIE_HTTPONLY, s.SESSION_COOKIE_SAMESITE]))"
    )
    variables = {"EJLAS_TLS": tls, "EJLAS_HSTS_SECONDS": "300", "DJANGO_SETTINGS_MODULE": "ejlas.config.settings"}

    done = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, **variables}, capture_output=True, text=True, check=True
    )

    is_tls = tls == "1"
    assert json.loads(done.stdout) == [cookie, is_tls, is_tls, is_tls, hsts, True, "Lax"]


def test_secret_is_made_once_and_kept_from_others(tmp_path, monkeypatch):
    monkeypatch.delenv("EJLAS_SECRET_KEY", raising=False)
    file = tmp_path / "var" / "secret_key"

    first = environment.env_secret("EJLAS_SECRET_KEY", file)
    second = environment.env_secret("EJLAS_SECRET_KEY", file)

    assert first == second
    assert len(first) > 50
    assert file.stat().st_mode & 0o777 == 0o600


def test_folder_that_cannot_be_written_is_named(monkeypatch):
    monkeypatch.delenv("EJLAS_SECRET_KEY", raising=False)

    with pytest.raises(ImproperlyConfigured, match="cannot be written"):
        environment.env_secret("EJLAS_SECRET_KEY", Path("/proc/none/secret_key"))


def test_azerbaijani_of_the_interface_runs_from_left_to_right():
    assert get_language_info("az")["bidi"] is False
    assert [code for code, _name in settings.LANGUAGES] == ["en", "fa", "ru", "az", "tk", "kk"]


@pytest.mark.parametrize(
    ("url", "hosts", "tls", "site"),
    [
        ("", ["summit.example.org", "localhost"], True, "https://summit.example.org"),
        ("", [".example.org"], True, "https://example.org"),
        ("", ["localhost"], False, "http://localhost:8000"),
        ("", ["*"], False, "http://localhost:8000"),
        ("https://summit.example.org/", ["localhost"], False, "https://summit.example.org"),
    ],
)
def test_links_in_mails_lead_to_the_site_as_people_open_it(url, hosts, tls, site):
    assert addresses.site_from(url, hosts=hosts, tls=tls, port="8000") == site


@pytest.mark.parametrize("url", ["ftp://example.org", "https://", "https://example.org/desk", "https://a:b"])
def test_an_address_of_the_site_that_is_none_stops_the_start(url):
    with pytest.raises(ImproperlyConfigured, match="EJLAS_SITE"):
        addresses.site_from(url, hosts=["localhost"], tls=True, port="8000")
