"""Fairness: counts by group, opening and month; the consent to be counted."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

OLD_PURPOSES = (
    "'matching', 'sharing', 'messages', 'keeping', 'ethnicity', 'priority', 'roster', 'relative', 'benefit', "
    "'conditions'"
)
NEW_PURPOSES = f"{OLD_PURPOSES}, 'statistics'"


def change_purposes(purposes):
    with op.batch_alter_table("consent") as batch_op:
        batch_op.drop_constraint(op.f("ck_consent_purpose"), type_="check")
        batch_op.create_check_constraint(op.f("ck_consent_purpose"), f"purpose IN ({purposes})")


def upgrade():
    op.create_table(
        "fairness_count",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("opening_id", sa.Integer(), nullable=True),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("dimension", sa.String(length=30), nullable=False),
        sa.Column("group_key", sa.String(length=20), nullable=False),
        sa.Column("eligible", sa.Integer(), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.Column("shortlisted", sa.Integer(), nullable=False),
        sa.Column("placed", sa.Integer(), nullable=False),
        sa.Column("exposure", sa.Integer(), nullable=False),
        sa.Column("pool_on", sa.Date(), nullable=False),
        sa.Column("counted_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "dimension IN ('all', 'sex', 'age', 'ethnicity', 'poor', 'commune')",
            name=op.f("ck_fairness_count_dimension"),
        ),
        sa.CheckConstraint(
            "shown <= eligible AND shortlisted <= shown AND placed <= shortlisted",
            name=op.f("ck_fairness_count_nested"),
        ),
        sa.ForeignKeyConstraint(
            ["opening_id"], ["opening.id"], name=op.f("fk_fairness_count_opening_id_opening")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fairness_count")),
        sa.UniqueConstraint(
            "opening_id",
            "month",
            "dimension",
            "group_key",
            name=op.f("uq_fairness_count_opening_id_month_dimension_group_key"),
        ),
    )
    op.create_index(
        "ix_fairness_count_whole_month",
        "fairness_count",
        ["month", "dimension", "group_key"],
        unique=True,
        sqlite_where=sa.text("opening_id IS NULL"),
        postgresql_where=sa.text("opening_id IS NULL"),
    )
    change_purposes(NEW_PURPOSES)


def downgrade():
    # A purpose that the older schema does not know: its rows go.
    op.execute("DELETE FROM consent WHERE purpose = 'statistics'")
    change_purposes(OLD_PURPOSES)
    op.drop_index("ix_fairness_count_whole_month", table_name="fairness_count")
    op.drop_table("fairness_count")
