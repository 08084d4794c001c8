"""Invitations and quick lines in the API: what is read, in the words of `POST interviews/`."""

from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.response import Response

from accounts.describing import extend_schema
from followups.api.fields import WallTime
from followups.services import invitations
from interviews import services as facts
from interviews.invitation import MAX_BYTES
from interviews.permissions import can_log_interview
from interviews.quick_line import MAX_LINE


class LineSerializer(serializers.Serializer):
    line = serializers.CharField(
        max_length=MAX_LINE, help_text="“K Books just now, decide Monday”, or only the company."
    )


class InvitationSerializer(serializers.Serializer):
    text = serializers.CharField(
        max_length=MAX_BYTES, trim_whitespace=False, help_text="The text of the .ics file, at most 256 kB."
    )


class PersonReadSerializer(serializers.Serializer):
    name = serializers.CharField()
    email = serializers.CharField(allow_blank=True)
    kind = serializers.CharField()


class RemarkSerializer(serializers.Serializer):
    field = serializers.CharField()
    text = serializers.CharField()


class ChangeSerializer(serializers.Serializer):
    what = serializers.CharField()
    before = serializers.CharField(allow_blank=True)
    after = serializers.CharField()


class AppointmentSerializer(serializers.Serializer):
    """One appointment as read. Its fields are those of `POST interviews/`; people go to `POST interviewers/`."""

    invitation_uid = serializers.CharField(source="invitation.uid")
    invitation_sequence = serializers.IntegerField(source="invitation.sequence")
    cancelled = serializers.BooleanField(source="invitation.is_cancelled")
    title = serializers.CharField(source="invitation.title")
    company = serializers.CharField(source="invitation.company")
    role_title = serializers.CharField(source="invitation.role_title")
    starts_wall = WallTime(source="invitation.starts_wall")
    ends_wall = WallTime(source="invitation.ends_wall")
    zone = serializers.CharField(source="invitation.zone")
    country = serializers.CharField(source="invitation.country", help_text="Where its zone lies; empty: not certain.")
    notes = serializers.CharField()
    people = PersonReadSerializer(many=True)
    remarks = RemarkSerializer(many=True, help_text="What to look at before storing it.")
    interview = serializers.UUIDField(
        allow_null=True, help_text="The one stored from this invitation before; PATCH it, or cancel it."
    )
    older = serializers.BooleanField(help_text="A later version of this invitation is stored already.")
    changes = ChangeSerializer(many=True, help_text="What it says otherwise than the stored one.")


class ReadingSerializer(serializers.Serializer):
    appointments = AppointmentSerializer(many=True, help_text="Those still to come first, the soonest first.")
    cut = serializers.BooleanField(help_text="There are more in it than are told.")


class RoundSerializer(serializers.Serializer):
    public_id = serializers.UUIDField()
    company = serializers.CharField()
    role_title = serializers.CharField()
    ends_wall = WallTime()


class RoundsSerializer(serializers.Serializer):
    rounds = RoundSerializer(many=True, help_text="The latest first, at most three; one of them as `previous`.")


class ReadsInvitations:
    """Mixed into the interviews' endpoint."""

    @extend_schema(
        request=InvitationSerializer,
        responses={200: ReadingSerializer},
        summary="Read a calendar invitation; nothing is stored",
    )
    @action(detail=False, methods=["post"])
    def invitation(self, request):
        self._may_log()
        data = InvitationSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        reading = invitations.read(data.validated_data["text"], candidate=request.user, field="text")
        told = {"appointments": [self._appointment(each) for each in reading.invitations], "cut": reading.is_cut}
        return Response(ReadingSerializer(told).data)

    @action(detail=False, methods=["post"])
    def quick(self, request):
        self._may_log()
        data = LineSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        interview, _line = invitations.log_line(data.validated_data["line"], candidate=request.user, by=request.user)
        return self.answer(interview, status=status.HTTP_201_CREATED)

    @extend_schema(
        parameters=[OpenApiParameter("company", str, required=True)],
        responses={200: RoundsSerializer},
        filters=False,
        summary="Earlier interviews with a company: may this be a next round?",
    )
    @action(detail=False, methods=["get"], pagination_class=None)
    def rounds(self, request):
        self._may_log()
        company = request.query_params.get("company", "")[:200]
        found = facts.earlier_rounds(candidate=request.user, company=company)
        return Response(RoundsSerializer({"rounds": found}).data)

    def _appointment(self, invitation):
        candidate = self.request.user
        known = facts.interview_of_invitation(candidate=candidate, uid=invitation.uid)
        changes = invitations.differences(known, invitation) if known and not invitation.is_cancelled else []
        return {
            "invitation": invitation,
            "notes": invitations.notes_of(invitation),
            "people": invitations.people_of(invitation),
            "remarks": [{"field": field, "text": text} for field, text in invitations.remarks_of(invitation)],
            "interview": known and known.public_id,
            "older": bool(known and invitation.sequence < known.invitation_sequence),
            "changes": [{"what": what, "before": before, "after": after} for what, before, after in changes],
        }

    def _may_log(self):
        if not can_log_interview(self.request.user):
            raise PermissionDenied
