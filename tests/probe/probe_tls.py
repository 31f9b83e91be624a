"""The emulator behind TLS on loopback, under the real host names of the cloud, and a client's way to it."""

from __future__ import annotations

import datetime
import inspect
import socket
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPSConnection
from urllib3.connectionpool import HTTPSConnectionPool

from pulumi_ci.emulator import Emulator, Server


@dataclass(frozen=True)
class Authority:
    """A throw-away certificate authority and one certificate of it, as files."""

    authority: Path
    certificate: Path
    key: Path


def authority(folder: Path, hosts: Sequence[str]) -> Authority:
    """An authority that nobody else trusts, with a certificate for these host names."""
    now = datetime.datetime.now(datetime.timezone.utc)

    root, leaf = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))

    def certificate(subject: str, key: Any, names: Sequence[str]) -> bytes:
        """One signed by the authority; without names the authority's own. As strict as newer clients ask for."""
        is_root = not names
        usage = dict.fromkeys(inspect.signature(x509.KeyUsage).parameters, False)
        usage |= {"key_cert_sign": is_root, "digital_signature": not is_root}
        built = (
            x509.CertificateBuilder()
            .subject_name(_name(subject))
            .issuer_name(_name("probe tests"))
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - datetime.timedelta(hours=1))
            .not_valid_after(now + datetime.timedelta(hours=1))
            .add_extension(x509.BasicConstraints(ca=is_root, path_length=None), critical=True)
            .add_extension(x509.KeyUsage(**usage), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(root.public_key()), critical=False)
        )
        if names:
            built = built.add_extension(x509.SubjectAlternativeName([x509.DNSName(n) for n in names]), critical=False)
        return built.sign(root, hashes.SHA256()).public_bytes(pem)

    pem = serialization.Encoding.PEM
    found = Authority(folder / "authority.pem", folder / "certificate.pem", folder / "key.pem")
    found.authority.write_bytes(certificate("probe tests", root, ()))
    found.certificate.write_bytes(certificate("the cloud", leaf, hosts))
    found.key.write_bytes(leaf.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
    return found


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


class TlsServer(Server):
    """An emulator that speaks TLS; `names` gets the server name of every handshake."""

    def __init__(self, emulator: Emulator, held: Authority) -> None:
        super().__init__(emulator)
        self.names: list[str] = []
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(held.certificate, held.key)
        context.sni_callback = lambda connection, name, _: self.names.append(name or "")
        self._listener.socket = context.wrap_socket(self._listener.socket, server_side=True)


class ToLoopback(HTTPAdapter):
    """Connects every host to one port of this machine, and checks the name that it asked for by an authority."""

    def __init__(self, port: int, trusted: Path) -> None:
        self._port, self._trusted = port, trusted
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **words: Any) -> None:
        """Pools whose connections go to the port, while names, SNI and certificates stay the real ones."""
        super().init_poolmanager(*args, **words)
        port = self._port

        class Connection(HTTPSConnection):
            def _new_conn(self) -> socket.socket:
                return socket.create_connection(("127.0.0.1", port))

        class Pool(HTTPSConnectionPool):
            ConnectionCls = Connection

        self.poolmanager.pool_classes_by_scheme = {"https": Pool}

    def send(self, request: Any, *args: Any, **words: Any) -> Any:
        """As HTTPAdapter, trusting the authority alone."""
        return super().send(request, *args, **{**words, "verify": str(self._trusted)})
