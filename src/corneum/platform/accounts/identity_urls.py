"""
The sign-in library's addresses that we want, each behind a door of our own (access.IDENTITY).

Included without a namespace, because the library asks for its pages by these names. Its own
urls.py is not included: what does not stand here cannot be reached.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import URLPattern, path, re_path

from corneum.platform.accounts import identity_views as ours
from corneum.platform.accounts.access import View, identity


def _behind_its_door(view: View, name: str) -> View:
    return identity(name)(ours.plainly(view))


def _page(address: str, view: View, name: str) -> URLPattern:
    return path(address, _behind_its_door(view, name), name=name)


urlpatterns = [
    _page("login/", account.login, "account_login"),
    _page("logout/", ours.logout, "account_logout"),
    _page("inactive/", account.account_inactive, "account_inactive"),
    _page("reauthenticate/", account.reauthenticate, "account_reauthenticate"),
    _page("password/change/", ours.password_change, "account_change_password"),
    _page("password/reset/", account.password_reset, "account_reset_password"),
    _page("password/reset/done/", account.password_reset_done, "account_reset_password_done"),
    _page("password/reset/key/done/", account.password_reset_from_key_done, "account_reset_password_from_key_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        _behind_its_door(ours.password_reset_from_key, "account_reset_password_from_key"),
        name="account_reset_password_from_key",
    ),
    _page("2fa/", mfa.index, "mfa_index"),
    _page("2fa/authenticate/", mfa.authenticate, "mfa_authenticate"),
    _page("2fa/reauthenticate/", mfa.reauthenticate, "mfa_reauthenticate"),
    _page("2fa/app/activate/", ours.changes_factors(totp.activate_totp), "mfa_activate_totp"),
    _page("2fa/app/deactivate/", ours.changes_factors(totp.deactivate_totp), "mfa_deactivate_totp"),
    _page("2fa/passkeys/", webauthn.list_webauthn, "mfa_list_webauthn"),
    _page("2fa/passkeys/add/", ours.changes_factors(webauthn.add_webauthn), "mfa_add_webauthn"),
    _page("2fa/passkeys/remove/", ours.changes_factors(ours.remove_passkey), "mfa_remove_webauthn"),
    _page("2fa/passkeys/login/", webauthn.login_webauthn, "mfa_login_webauthn"),
    _page("2fa/passkeys/reauthenticate/", webauthn.reauthenticate_webauthn, "mfa_reauthenticate_webauthn"),
    _page("2fa/recovery-codes/", recovery.view_recovery_codes, "mfa_view_recovery_codes"),
    _page(
        "2fa/recovery-codes/generate/",
        ours.changes_factors(recovery.generate_recovery_codes),
        "mfa_generate_recovery_codes",
    ),
    _page("2fa/recovery-codes/download/", recovery.download_recovery_codes, "mfa_download_recovery_codes"),
]
