"""The cloud's error codes: number, name, HTTP status, and how an error looks on the wire."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML may hold, though a header or a path may."""
CODES: dict[str, tuple[int, int]] = {
    "InternalError": (1007, 500),
    "InvalidUrl": (1010, 400),
    "InvalidContent": (1011, 400),
    "MissingAuthorization": (1012, 403),
    "InvalidAuthorization": (1013, 403),
    "SignatureExpired": (1014, 403),
    "InvalidArgument": (1015, 400),
    "MissingContent": (1016, 400),
    "InvalidHost": (1017, 400),
    "AccessDenied": (1018, 403),
    "SecretidNotExist": (1019, 403),
    "SlowDown": (1020, 503),
    "InvalidContentType": (1021, 400),
    "BucketAlreadyBinded": (1100, 400),
    "ResourceNotFound": (1103, 404),
    "QueueNotFound": (1106, 404),
    "TemplateNotFound": (1107, 404),
    "BindedBucketNumLimit": (1109, 400),
    "CreatedTemplateNumLimit": (1110, 400),
    "MediaBucketUnBinded": (1111, 400),
    "TemplateNameDuplicate": (1112, 409),
    "ActiveWorkflowForbiddenUpdate": (1114, 403),
    "WorkFlowNumLimit": (1120, 403),
    "WriteTargetBucketDenied": (1124, 403),
    "QueueNumLimit": (1145, 400),
    "PicBucketUnBinded": (0, 400),
    "NotImplemented": (0, 501),
    "-60967": (-60967, 400),
    "-60957": (-60957, 400),
}
"""Number and HTTP status by name. The pages give no status; these are the recommended ones, and a choice changes them.
The image codes have a number and no name. Source: 201."""


class CloudError(Exception):
    """An error answer of the emulated cloud: a code of the pages, and a message that says what was wrong."""

    def __init__(self, code: str, message: str, status: int | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.status = status if status is not None else CODES.get(code, (0, 400))[1]


def body(code: str, message: str, resource: str, request_id: str, trace_id: str) -> ET.Element:
    """The `Error` element; the official SDK reads nothing at all from one without a `Resource`."""
    root = ET.Element("Error")
    parts = {"Code": code, "Message": message, "Resource": resource, "RequestId": request_id, "TraceId": trace_id}
    for name, text in parts.items():
        ET.SubElement(root, name).text = _NOT_XML.sub("?", text)
    return root
