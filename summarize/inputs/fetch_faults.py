"""Error messages for URLs that cannot be fetched, from errors of the system, OpenSSL and servers."""

import socket
from http.client import IncompleteRead
from ssl import SSLCertVerificationError, SSLError

from summarize.errors import InputError
from summarize.interface import N_, _, os_reason
from summarize.text.printing import printable

_ADVICE = {
    401: N_("it requires a login; save the page from a browser, and name the file"),
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


def no_answer_error(error: Exception, host: str, name: str) -> InputError:
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
                _("{name}: its host name cannot be resolved now; is there a network connection?")
                if error.errno == socket.EAI_AGAIN
                else _("{name}: unknown host; check the address")
            )
        case SSLCertVerificationError():
            known = _CERTIFICATE_FAULTS.get(error.verify_code)
            reason = _(known).format(host=host) if known else printable(error.verify_message)
            message = _("{name}: invalid certificate ({reason}); nothing was fetched")
        case SSLError():
            reason = printable(error.reason or "").replace("_", " ").lower()
            message = _("{name}: a secure connection could not be established ({reason}); check the address")
        case ConnectionRefusedError():
            message = _("{name}: connection refused; is the server running on that port?")
        case IncompleteRead() | ConnectionResetError() | BrokenPipeError():
            message = _("{name}: the connection was interrupted; try again")
        case OSError():
            reason = os_reason(error)
            message = _("{name}: cannot be fetched ({reason}); check the address")
        case _:
            message = _("{name}: the response is not HTTP; check the address")
    return InputError(message.format(name=name, reason=reason))


def status_error(status: int, reason: str, name: str) -> InputError:
    """Return the error for a response with an error status.

    Args:
        status: its number.
        reason: its words.
        name: how messages call the URL.
    """
    said = " ".join(f"{status} {printable(reason)}".split())
    advice = _ADVICE.get(status, _ADVICE[429] if status >= 500 else _ADVICE[404])
    return InputError(_("{name}: the server answered {said}; {advice}").format(name=name, said=said, advice=_(advice)))
