"""A small PDF, written by hand: pypdf reads and does not write text."""


def pdf(*sheets: str, title: str = "Taxa") -> bytes:
    """Return a PDF whose sheets hold these texts, a line a line."""
    fonts = "<< /Font << /F1 3 0 R >> >>"
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(sheets)))
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(sheets)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, sheet in enumerate(sheets):
        stream = b"BT /F1 12 Tf 14 TL 72 720 Td " + b" T* ".join(
            b"(" + line.encode("cp1252") + b") Tj" for line in sheet.splitlines()
        )
        bodies.append(
            f"<< /Type /Page /Parent 2 0 R /Resources {fonts} /Contents {5 + 2 * number} 0 R"
            " /MediaBox [0 0 595 842] >>".encode()
        )
        bodies.append(b"<< /Length %d >> stream\n%s ET\nendstream" % (len(stream) + 3, stream))
    bodies.append(f"<< /Title ({title}) /ModDate (D:20250110120000) >>".encode())
    return _numbered(bodies)


def _numbered(bodies: list[bytes]) -> bytes:
    whole, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, start=1):
        places.append(len(whole))
        whole += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start, count = len(whole), len(bodies) + 1
    whole += b"xref\n0 %d\n0000000000 65535 f \n" % count
    whole += b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer << /Size %d /Root 1 0 R /Info %d 0 R >>\n" % (count, len(bodies))
    return whole + trailer + b"startxref\n%d\n%%%%EOF" % start
