"""Whoever else reads what belongs to an interview is noted down, for its owner to see."""

from accounts.endpoints import ReadRecords
from interviews import services as facts


class WatchedRecords(ReadRecords):
    """List and retrieve, each reader once an hour and interview."""

    def interview_of(self, record):
        return record.interview

    def paginate_queryset(self, queryset):
        page = super().paginate_queryset(queryset)
        facts.record_reads([self.interview_of(record) for record in page], by=self.request.user)
        return page

    def retrieve(self, request, *args, **kwargs):
        record = self.get_object()
        facts.record_read(self.interview_of(record), by=request.user)
        return self.answer(record)
