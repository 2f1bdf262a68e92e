"""Indexes with names of any length, and migrations that make them without stopping anybody.

On PostgreSQL an index is built and dropped `CONCURRENTLY`: others go on reading and writing. That cannot be part of a
transaction, so a migration with these operations says `atomic = False`. SQLite has one writer at a time anyway.
"""

from typing import Any

from django.db import models
from django.db.migrations.operations import AddIndex, AlterField, RemoveIndex

#: A schema editor; half of what is asked of it here has no type.
Editor = Any


class Index(models.Index):
    """An index whose name may be longer than the 30 characters that Oracle allows."""

    max_name_length = 63  # PostgreSQL's limit


class AddIndexOnline(AddIndex):
    """`AddIndex` that does not block writes."""

    def database_forwards(self, app_label: str, schema_editor: Editor, from_state: Any, to_state: Any) -> None:
        _add(schema_editor, to_state.apps.get_model(app_label, self.model_name), self.index)

    def database_backwards(self, app_label: str, schema_editor: Editor, from_state: Any, to_state: Any) -> None:
        _drop(schema_editor, self.index.name)


class RemoveIndexOnline(RemoveIndex):
    """`RemoveIndex` that does not block writes."""

    def database_forwards(self, app_label: str, schema_editor: Editor, from_state: Any, to_state: Any) -> None:
        _drop(schema_editor, self.name)

    def database_backwards(self, app_label: str, schema_editor: Editor, from_state: Any, to_state: Any) -> None:
        index = to_state.models[app_label, self.model_name_lower].get_index_by_name(self.name)
        _add(schema_editor, to_state.apps.get_model(app_label, self.model_name), index)


class DropForeignKeyIndex(AlterField):
    """The foreign key loses the index that Django gives each, where a longer one begins with the same column.

    `AlterField` would do that on SQLite by writing the table anew.
    """

    def database_forwards(self, app_label: str, schema_editor: Editor, from_state: Any, to_state: Any) -> None:
        model = from_state.apps.get_model(app_label, self.model_name)
        _drop(schema_editor, self._index_name(schema_editor, model))

    def database_backwards(self, app_label: str, schema_editor: Editor, from_state: Any, to_state: Any) -> None:
        model = to_state.apps.get_model(app_label, self.model_name)
        name = self._index_name(schema_editor, model)
        _drop(schema_editor, name)
        options = {"concurrently": True} if _concurrently(schema_editor) else {}
        fields = [model._meta.get_field(self.name)]
        sql = schema_editor._create_index_sql(model, fields=fields, name=name, **options)
        schema_editor.execute(sql, params=None)

    def _index_name(self, schema_editor: Editor, model: type[models.Model]) -> str:
        """What Django calls the index of this key."""
        column = model._meta.get_field(self.name).column  # type: ignore[union-attr]  # a foreign key, not its other end
        name: str = schema_editor._create_index_name(model._meta.db_table, [column])
        return name


def _add(schema_editor: Editor, model: type[models.Model], index: models.Index) -> None:
    """An interrupted build leaves an index that serves nobody: the next try begins by dropping it."""
    _drop(schema_editor, index.name)
    options = {"concurrently": True} if _concurrently(schema_editor) else {}
    schema_editor.add_index(model, index, **options)


def _drop(schema_editor: Editor, name: str) -> None:
    schema_editor.execute(f"DROP INDEX {_concurrently(schema_editor)} IF EXISTS {schema_editor.quote_name(name)}")


def _concurrently(schema_editor: Editor) -> str:
    """The word PostgreSQL wants, outside a transaction."""
    vendor, in_transaction = schema_editor.connection.vendor, schema_editor.connection.in_atomic_block
    return "CONCURRENTLY" if vendor == "postgresql" and not in_transaction else ""
