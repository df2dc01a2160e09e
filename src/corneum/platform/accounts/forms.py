"""What the sign-in pages ask, in our words."""

from collections.abc import Callable
from struct import error as StructError  # noqa: N812 -- it is a class
from typing import Any, cast

from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
)
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from cryptography.exceptions import InvalidSignature
from django import forms
from django.core.cache import cache
from django.http import HttpRequest

from corneum.platform.accounts.identity import rehearse_a_reset

SPENT_FOR = 120  # seconds: longer than a code of an authenticator app can be valid, early and late
LONGEST_CREDENTIAL = 20_000  # letters; a real one has about a thousand
WORDS: dict[str, tuple[str, str, str]] = {
    # field: label, what is said when it is empty, hint
    "login": ("E-mail address", "Enter your e-mail address", ""),
    "email": ("E-mail address", "Enter your e-mail address", ""),
    "password": ("Password", "Enter your password", ""),
    "oldpassword": ("Your password now", "Enter your password", ""),
    "password1": (
        "New password",
        "Enter a new password",
        "At least 10 characters. Three or four words that do not belong together are good, and easy to remember.",
    ),
    "password2": ("New password again", "Enter the new password again", ""),
    "code": ("Code", "Enter the code", ""),
    "name": (
        "What to call it",
        "Enter a name",
        "So that you know which it is when you remove one. For example, Work phone.",
    ),
}


class Plain:
    """A form of the sign-in library with our labels, hints and sentences, and without placeholders."""

    use_required_attribute = False
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in WORDS:
                field.label, field.error_messages["required"], field.help_text = WORDS[name]
        for name in ("login", "email"):
            if name in self.fields:
                field = self.fields[name]
                field.widget.attrs |= {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
                field.error_messages["invalid"] = "Enter an e-mail address in the correct format, like name@example.com"
        if "code" in self.fields:
            self.fields["code"].widget.attrs |= {"inputmode": "numeric", "autocomplete": "one-time-code"}


class OnceOnly:
    """
    A code opens the door once.

    A code of an authenticator app is taken half a minute early and late, as clocks differ; the
    library remembers a used one for less than that.
    """

    user: Any

    def clean_code(self) -> str:
        """Refuse a code that has just been used."""
        code: str = super().clean_code()  # type: ignore[misc]
        bare = "".join(code.split())
        if not cache.add(f"code-spent:{self.user.pk}:{bare}", "y", timeout=SPENT_FOR):
            raise get_adapter().validation_error("incorrect_code")
        return code


class Credential(forms.JSONField):
    """What a browser says of a passkey; however it is malformed, that is a mistake in the form and no more."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        """Read it, unless it is too long, too deep or not JSON."""
        wrong = get_adapter().validation_error("incorrect_code")
        if isinstance(value, str) and len(value) > LONGEST_CREDENTIAL:
            raise wrong
        try:
            return super().to_python(value)
        except (ValueError, RecursionError):
            raise wrong from None


class NoSurprises:
    """A form whose credential may be anything at all, a stranger having written it."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"] = Credential()

    def clean_credential(self) -> Any:
        """Check it, and let no way of being wrong be anything but wrong."""
        check = getattr(super(), "clean_credential", None)
        return _checked(check) if check else self.cleaned_data["credential"]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Check what the library checks only here."""
        return cast("dict[str, Any]", _checked(super().clean))  # type: ignore[misc]


def _checked(check: Callable[[], Any]) -> Any:
    try:
        return check()
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, StructError, InvalidSignature):
        raise get_adapter().validation_error("incorrect_code") from None


class SignIn(Plain, LoginForm):
    """E-mail address and password."""


class SecondFactor(OnceOnly, Plain, AuthenticateForm):
    """The code of an authenticator app, or a recovery code."""


class ConfirmByCode(OnceOnly, Plain, ReauthenticateByCodeForm):
    """The same again, before something that matters."""


class ConfirmByPassword(Plain, ReauthenticateForm):
    """The password again, before something that matters."""


class SetUpApp(Plain, ActivateTOTPForm):
    """The first code, which shows that the app has the secret."""


class SignInByPasskey(NoSurprises, LoginWebAuthnForm):
    """A passkey in place of the password and the second factor."""


class SecondFactorByPasskey(NoSurprises, AuthenticateWebAuthnForm):
    """A passkey after the password."""


class ConfirmByPasskey(NoSurprises, ReauthenticateWebAuthnForm):
    """The passkey again, before something that matters."""


class AddPasskey(NoSurprises, Plain, AddWebAuthnForm):
    """A passkey and its name; all of ours can sign in by themselves."""

    passwordless = forms.BooleanField(required=False, widget=forms.HiddenInput, initial=True)


class ForgotPassword(Plain, ResetPasswordForm):
    """Ask for a link to choose a new password."""

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Queue the link; for an address that nobody has, do as much and keep nothing."""
        if not self.users:
            rehearse_a_reset(request, self.cleaned_data["email"])
        return str(super().save(request, **kwargs))


class NewPassword(Plain, ResetPasswordKeyForm):
    """Choose a new password, having come by the link."""


class ChangePassword(Plain, ChangePasswordForm):
    """Choose a new password, knowing the old one."""
