"""Bodies of the API."""

import json

from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser


class StrictJSONParser(JSONParser):
    """JSON whose texts can be written down again: no halves of surrogate pairs, no nesting or number without end."""

    def parse(self, stream, media_type=None, parser_context=None):
        try:
            data = super().parse(stream, media_type, parser_context)
            # An answer that quotes what was sent would break on these only when it is written.
            json.dumps(data, ensure_ascii=False, allow_nan=False).encode()
        except RecursionError:
            raise ParseError(_("This is nested too deeply.")) from None
        except UnicodeEncodeError:
            raise ParseError(_("This holds half a character: \\ud800 to \\udfff come in pairs.")) from None
        except ValueError:
            raise ParseError(_("This holds a number that is none: too large to be counted with.")) from None
        return data
