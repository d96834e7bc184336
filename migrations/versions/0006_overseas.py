"""Work abroad: programmes, and the case of one person from interest to return."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

CASE_STATES = (
    "'interested', 'counselled', 'checked', 'nominated', 'selected', 'training', 'health', 'contract', "
    "'finance', 'visa', 'ready', 'abroad', 'returned', 'settled', 'ended'"
)


def upgrade():
    op.create_table(
        "programme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name_vi", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("channel", sa.String(length=30), nullable=False),
        sa.Column("is_open_here", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint("channel IN ('public', 'sender', 'locality')", name=op.f("ck_programme_channel")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme")),
        sa.UniqueConstraint("code", name=op.f("uq_programme_code")),
    )
    op.create_table(
        "overseas_case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("worker_id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=True),
        sa.Column("opening_id", sa.Integer(), nullable=True),
        sa.Column("adviser_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(f"state IN ({CASE_STATES})", name=op.f("ck_overseas_case_state")),
        sa.ForeignKeyConstraint(
            ["adviser_id"], ["account.id"], name=op.f("fk_overseas_case_adviser_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["opening_id"], ["opening.id"], name=op.f("fk_overseas_case_opening_id_opening")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_overseas_case_programme_id_programme")
        ),
        sa.ForeignKeyConstraint(
            ["worker_id"], ["worker.id"], name=op.f("fk_overseas_case_worker_id_worker")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_overseas_case")),
    )
    with op.batch_alter_table("overseas_case") as batch_op:
        for column in ("worker_id", "programme_id", "opening_id", "adviser_id"):
            batch_op.create_index(batch_op.f(f"ix_overseas_case_{column}"), [column], unique=False)


def downgrade():
    op.drop_table("overseas_case")
    op.drop_table("programme")
