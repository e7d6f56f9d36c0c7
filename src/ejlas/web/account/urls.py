"""Addresses of the account: allauth's names for what it leads to itself, and our own pages beside them."""

from __future__ import annotations

from allauth.account import views as sign_in
from allauth.account.decorators import reauthentication_required
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount import views as social
from django.urls import include, path, re_path

from ejlas.web.account.views import home, keys, links, sign_ins
from ejlas.web.account.views import provider as own_provider

own = [
    path("", home.show, name="home"),
    path("language/", home.choose_language, name="language"),
    path("sign-ins/", sign_ins.show, name="sign-ins"),
    path("sign-ins/end/", sign_ins.end_others, name="sign-ins-end"),
    path("sign-ins/<int:key>/end/", sign_ins.end, name="sign-in-end"),
    # A key outlives the session: who took over a session must not make one.
    path("keys/", reauthentication_required(keys.show, allow_get=True, app="allauth.account"), name="keys"),
    path("keys/<slug:prefix>/revoke/", keys.revoke, name="key-revoke"),
    path("invitation/<str:token>/", links.invitation, name="invitation"),
    path("link/<str:token>/", links.sign_in_link, name="link"),
]

signing_in = [
    path("login/", sign_in.login, name="account_login"),
    path("logout/", sign_in.logout, name="account_logout"),
    path("inactive/", sign_in.account_inactive, name="account_inactive"),
    path("reauthenticate/", sign_in.reauthenticate, name="account_reauthenticate"),
    path("email/", sign_in.email, name="account_email"),
    path("email/sent/", sign_in.email_verification_sent, name="account_email_verification_sent"),
    path("email/confirm/<str:key>/", sign_in.confirm_email, name="account_confirm_email"),
    path("password/", sign_in.password_change, name="account_change_password"),
    path(
        "password/set/",
        # Who took over a session without a password must not give it one.
        reauthentication_required(sign_in.password_set, app="allauth.account"),
        name="account_set_password",
    ),
    path("password/reset/", sign_in.password_reset, name="account_reset_password"),
    path("password/reset/sent/", sign_in.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        sign_in.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("password/reset/done/", sign_in.password_reset_from_key_done, name="account_reset_password_from_key_done"),
]

second_factors = [
    path("", factors.index, name="mfa_index"),
    path("authenticate/", factors.authenticate, name="mfa_authenticate"),
    path("reauthenticate/", factors.reauthenticate, name="mfa_reauthenticate"),
    path("app/add/", totp.activate_totp, name="mfa_activate_totp"),
    path("app/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("codes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("codes/new/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("codes/file/", recovery_codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("passkeys/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("passkeys/add/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path("passkeys/login/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("passkeys/reauthenticate/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("passkeys/<int:pk>/remove/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
    path("passkeys/<int:pk>/rename/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
]

at_provider = [
    path("login/cancelled/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("login/error/", social.login_error, name="socialaccount_login_error"),
    path("oidc/<slug:provider_id>/login/", own_provider.start, name="openid_connect_login"),
    path("oidc/<slug:provider_id>/login/callback/", own_provider.come_back, name="openid_connect_callback"),
]

urlpatterns = [
    path("", include((own, "account"))),
    path("", include(signing_in)),
    path("protection/", include(second_factors)),
    path("", include(at_provider)),
]
