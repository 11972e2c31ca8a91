"""Tables that are only ever added to: the database itself refuses to change or remove a row."""

from __future__ import annotations

from typing import Any

from django.db.migrations.operations import RunPython

SENTENCE = "rows of this table are added and never changed"


def append_only(table: str) -> RunPython:
    """A migration's operation that puts triggers on `table`; a table that is made anew needs them again."""

    def put_on(_apps: Any, editor: Any) -> None:
        if editor.connection.vendor == "sqlite":
            for deed in ("UPDATE", "DELETE"):
                editor.execute(
                    f"CREATE TRIGGER {table}_no_{deed.lower()} BEFORE {deed} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
                )
            return
        editor.execute(
            "CREATE OR REPLACE FUNCTION aqyn_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{SENTENCE}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
        editor.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION aqyn_append_only()"
        )

    def take_off(_apps: Any, editor: Any) -> None:
        if editor.connection.vendor == "sqlite":
            editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_update")
            editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_delete")
        else:
            editor.execute(f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}")

    return RunPython(put_on, take_off)
