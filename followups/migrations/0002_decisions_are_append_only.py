from django.db import migrations

# Whatever writes to the table: a decision that was made stays as it was made. `by` may be emptied when a person is erased.
FORBID = """
CREATE FUNCTION followups_decision_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changeable CONSTANT text[] := ARRAY['is_current', 'accepted_at', 'disputed_at', 'answer_by', 'updated_at', 'by_id'];
BEGIN
    IF to_jsonb(NEW) - changeable IS DISTINCT FROM to_jsonb(OLD) - changeable
       OR (NEW.by_id IS NOT NULL AND NEW.by_id IS DISTINCT FROM OLD.by_id) THEN
        RAISE EXCEPTION 'decisions are append-only' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER decision_is_append_only BEFORE UPDATE ON followups_triagedecision
    FOR EACH ROW EXECUTE FUNCTION followups_decision_is_append_only();
"""
ALLOW = """
DROP TRIGGER decision_is_append_only ON followups_triagedecision;
DROP FUNCTION followups_decision_is_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("followups", "0001_initial")]

    operations = [migrations.RunSQL(FORBID, ALLOW)]
