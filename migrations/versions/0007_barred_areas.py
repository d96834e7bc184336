"""Where nobody may be sent to work, in dated rows; and the units in which rules of foreign contracts count."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

UNITS_BEFORE = "'working_days', 'days', 'months', 'years', 'hours', 'times', 'vnd', 'text'"
UNITS = (
    "'working_days', 'days', 'months', 'years', 'hours', 'times', 'vnd', 'usd', 'aud', 'twd', 'mop', "
    "'percent', 'meals', 'text'"
)
REASONS = "'war', 'radiation', 'poison', 'epidemic', 'host'"


def upgrade():
    with op.batch_alter_table("legal_rule") as batch_op:
        batch_op.drop_constraint(op.f("ck_legal_rule_unit"), type_="check")
        batch_op.create_check_constraint(op.f("ck_legal_rule_unit"), f"unit IN ({UNITS})")
    op.create_table(
        "barred_area",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("area", sa.String(length=120), nullable=False),
        sa.Column("reason", sa.String(length=30), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(f"reason IN ({REASONS})", name=op.f("ck_barred_area_reason")),
        sa.CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_barred_area_dates_in_order")),
        sa.CheckConstraint("source <> ''", name=op.f("ck_barred_area_source")),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["account.id"], name=op.f("fk_barred_area_entered_by_id_account"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_barred_area")),
    )
    with op.batch_alter_table("barred_area") as batch_op:
        batch_op.create_index("ix_barred_area_country", ["country", "valid_from"], unique=False)
        batch_op.create_index(batch_op.f("ix_barred_area_entered_by_id"), ["entered_by_id"], unique=False)


def downgrade():
    op.drop_table("barred_area")
    op.execute(f"DELETE FROM legal_rule WHERE unit NOT IN ({UNITS_BEFORE})")
    with op.batch_alter_table("legal_rule") as batch_op:
        batch_op.drop_constraint(op.f("ck_legal_rule_unit"), type_="check")
        batch_op.create_check_constraint(op.f("ck_legal_rule_unit"), f"unit IN ({UNITS_BEFORE})")
