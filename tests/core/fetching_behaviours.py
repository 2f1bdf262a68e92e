"""How the servers of `fetch_cases.json` behave: case → name of the variant → what is sent."""

import gzip
import os
import zlib

import brotli  # type: ignore[import-untyped]

from tests.support.shops import PAGE, Behaviour, drip, head, page, redirect, silence

PUB_P = "/p"
MEGABYTE = b"x" * 1024 * 1024
BOMB = gzip.compress(MEGABYTE * 50)
THRICE = gzip.compress(gzip.compress(gzip.compress(MEGABYTE)))
CHUNKED = head("Transfer-Encoding: chunked")

BEHAVIOURS: dict[str, dict[str, Behaviour]] = {
    "redir-03": {"": redirect("//127.0.0.1/x")},
    "redir-04": {"": redirect("file:///etc/passwd")},
    "redir-05": {"": redirect("http://private.example/")},
    "redir-07": {"": redirect("http://user:pw@pub.example/")},
    "redir-08": {"": redirect("https://pub.example/b")},
    "redir-11": {"": redirect("http://pub.example/é")},
    "redir-12": {"": redirect("")},
    "redir-meta": {"": page(b'<meta http-equiv=refresh content="0;url=http://127.0.0.1/">')},
    "resp-00": {"": drip(head("Content-Length: 10000000000"), MEGABYTE, 0)},
    "resp-03": {
        "one header": page(THRICE, "Content-Encoding: gzip, gzip, gzip"),
        "three headers": page(THRICE, *["Content-Encoding: gzip"] * 3),
    },
    "resp-04": {
        "br": page(brotli.compress(MEGABYTE * 50, quality=5), "Content-Encoding: br"),
        "zstd": page(b"\x28\xb5\x2f\xfd" + b"\0" * 50, "Content-Encoding: zstd"),
    },
    "resp-05": {
        "zlib": page(zlib.compress(PAGE) + b"garbage", "Content-Encoding: deflate"),
        "gzip": page(gzip.compress(PAGE) + b"garbage", "Content-Encoding: gzip"),
    },
    "resp-07": {"": drip(head(), b"x", 0.25)},
    "resp-08": {"": silence},
    "resp-11": {"": head(*["X-Long: " + "y" * 1000] * 24_000) + PAGE},
    "resp-12": {"": head("X-Long: " + "y" * 10_000_000) + PAGE},
    "resp-15": {"": head("Content-Length: 10") + b"<html>1234" + MEGABYTE},
    "resp-16": {"": head("Content-Length: 10", "Content-Length: 20") + PAGE},
    "resp-17": {
        "with data": drip(CHUNKED + b"ffffffffffffffff\r\n", MEGABYTE, 0),
        "and closed": CHUNKED + b"ffffffffffffffff\r\n" + PAGE,
        "more digits": CHUNKED + b"f" * 40 + b"\r\n" + PAGE,
    },
    "resp-18": {"": head("Content-Length: 52428800", kind="application/pdf") + b"%PDF-1.7"},
    "resp-20": {"": page(kind=None)},
    "resp-21": {
        "ELF": page(b"\x7fELF\x02\x01\x01" + b"\0" * 9 + os.urandom(1000)),
        "zip": page(b"PK\x03\x04\x14\0\0\0\x08\0" + os.urandom(1000)),
    },
    "resp-22": {"": page(b"+ADw-script+AD4-", kind="text/html; charset=utf-7")},
    "resp-23": {"": page(kind="text/html; charset=../../etc")},
    "resp-25": {
        "403": page(PAGE, "cf-mitigated: challenge", status="403 Forbidden"),
        "503": page(PAGE, "cf-mitigated: challenge", status="503 Service Unavailable"),
    },
    "resp-26": {"": page(PAGE, "Retry-After: 3600", status="429 Too Many Requests")},
    "resp-27": {
        "204": head(status="204 No Content"),
        "304": head(status="304 Not Modified"),
        "206": page(PAGE, "Content-Range: bytes 0-1/2", status="206 Partial Content"),
    },
    "resp-28": {"": page(PAGE, "Set-Cookie: a=" + "b" * 1024 * 1024)},
}
