"""Why nothing can be fetched from a URL, and what to do: what the system, OpenSSL and servers say, in our words."""

import socket
from http.client import IncompleteRead
from ssl import SSLCertVerificationError, SSLError

from summarize.errors import InputError
from summarize.interface import N_, _, os_reason
from summarize.text.printing import printable

_ADVICE = {
    401: N_("it wants a name and a password: save the page from a browser, and name the file"),
    403: N_("save the page from a browser, and name the file"),
    404: N_("check the address"),
    410: N_("the page is gone"),
    429: N_("try again later"),
}
# What OpenSSL says, by its number.
_CERTIFICATE_FAULTS = {
    9: N_("certificate is not yet valid"),
    10: N_("certificate has expired"),
    18: N_("self-signed certificate"),
    19: N_("self-signed certificate in certificate chain"),
    20: N_("unable to get local issuer certificate"),
    62: N_("Hostname mismatch, certificate is not valid for '{host}'"),
    64: N_("IP address mismatch, certificate is not valid for '{host}'"),
}


def unanswered(error: Exception, host: str, name: str) -> InputError:
    """Return the error that says why there is no answer.

    Args:
        error: what was raised on the way.
        host: that was asked.
        name: how messages call the URL.
    """
    reason: object = ""
    match error:
        case TimeoutError():
            message = _("{name}: timed out; try again, or save the page from a browser")
        case socket.gaierror():
            message = (
                _("{name}: its host cannot be looked up now; is there a network?")
                if error.errno == socket.EAI_AGAIN
                else _("{name}: no such host; check the address")
            )
        case SSLCertVerificationError():
            known = _CERTIFICATE_FAULTS.get(error.verify_code)
            reason = _(known).format(host=host) if known else printable(error.verify_message)
            message = _("{name}: its certificate is not valid ({reason}); nothing was fetched")
        case SSLError():
            reason = printable(error.reason or "").replace("_", " ").lower()
            message = _("{name}: no secure connection can be made ({reason}); check the address")
        case ConnectionRefusedError():
            message = _("{name}: connection refused; is the server running, and on that port?")
        case IncompleteRead() | ConnectionResetError() | BrokenPipeError():
            message = _("{name}: the connection broke off; try again")
        case OSError():
            reason = os_reason(error)
            message = _("{name}: cannot be fetched ({reason}); check the address")
        case _:
            message = _("{name}: what answers is no web server; check the address")
    return InputError(message.format(name=name, reason=reason))


def refused(status: int, reason: str, name: str) -> InputError:
    """Return the error that says what a server answers instead of what was asked for.

    Args:
        status: its number.
        reason: its words.
        name: how messages call the URL.
    """
    said = " ".join(f"{status} {printable(reason)}".split())
    advice = _ADVICE.get(status, _ADVICE[429] if status >= 500 else _ADVICE[404])
    return InputError(_("{name}: the server says {said}; {advice}").format(name=name, said=said, advice=_(advice)))
