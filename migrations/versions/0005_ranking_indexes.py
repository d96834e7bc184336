"""What the ranking asks of a million people: who comes of age today, found by an index."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("worker") as batch_op:
        batch_op.create_index("ix_worker_birth", ["birth_date", "birth_year"], unique=False)


def downgrade():
    with op.batch_alter_table("worker") as batch_op:
        batch_op.drop_index("ix_worker_birth")
