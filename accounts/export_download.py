"""The ZIP as an answer, for the page and the API alike."""

from django.http import StreamingHttpResponse

from accounts import services


def export_file(export, *, by):
    """The answer with the ZIP in it, piece by piece; that it was fetched is noted."""
    services.note_download(export, by=by)
    day = export.ready_at.date().isoformat()
    headers = {
        "Content-Disposition": f'attachment; filename="your-data-{day}.zip"',
        "Content-Length": str(export.size),
        "X-Robots-Tag": "noindex",
    }
    return StreamingHttpResponse(services.chunks_of(export), content_type="application/zip", headers=headers)
