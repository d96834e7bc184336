"""What people pay on their way abroad, suspected frauds, and codes by which anybody checks openings and senders."""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

OLD_PURPOSES = (
    "'matching', 'sharing', 'messages', 'keeping', 'ethnicity', 'priority', 'roster', 'relative', 'benefit', "
    "'conditions', 'statistics'"
)
NEW_PURPOSES = f"{OLD_PURPOSES}, 'family_sheet'"
PAID_FOR = (
    "'service_fee', 'training', 'orientation', 'passport', 'visa', 'health', 'judicial_record', 'fund', "
    "'airfare', 'insurance', 'deposit', 'brokerage', 'selection', 'other'"
)
FRAUD_SIGNS = "'money', 'page', 'paper', 'sender', 'tourist', 'papers_kept', 'other'"
# As portal/common/secrets.py made codes when this migration was written.
CODE_LETTERS, CODE_LENGTH = "ABCDEFGHJKMNPQRSTUVWXYZ23456789", 13
CODED = ("opening", "organisation")


def change_purposes(purposes):
    with op.batch_alter_table("consent") as batch_op:
        batch_op.drop_constraint(op.f("ck_consent_purpose"), type_="check")
        batch_op.create_check_constraint(op.f("ck_consent_purpose"), f"purpose IN ({purposes})")


def link(table, column, to):
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))


def give_codes(table):
    """A code for every row there is; then no row without one."""
    with op.batch_alter_table(table) as batch_op:
        batch_op.add_column(sa.Column("public_code", sa.String(length=20), nullable=True))
    rows = sa.table(table, sa.column("id", sa.Integer), sa.column("public_code", sa.String))
    connection = op.get_bind()
    for (row_id,) in connection.execute(sa.select(rows.c.id)).all():
        code = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
        connection.execute(sa.update(rows).where(rows.c.id == row_id).values(public_code=code))
    with op.batch_alter_table(table) as batch_op:
        batch_op.alter_column("public_code", existing_type=sa.String(length=20), nullable=False)
        batch_op.create_unique_constraint(batch_op.f(f"uq_{table}_public_code"), ["public_code"])


def upgrade():
    op.create_table(
        "cost_payment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("worker_id", sa.Integer(), nullable=False),
        sa.Column("opening_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("amount_vnd", sa.BigInteger(), nullable=False),
        sa.Column("paid_to", sa.String(length=200), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("receipt_id", sa.Integer(), nullable=True),
        sa.Column("no_receipt", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("removed_at", sa.DateTime(), nullable=True),
        sa.Column("removed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(f"kind IN ({PAID_FOR})", name=op.f("ck_cost_payment_kind")),
        sa.CheckConstraint("amount_vnd > 0", name=op.f("ck_cost_payment_amount")),
        sa.CheckConstraint("(receipt_id IS NULL) = no_receipt", name=op.f("ck_cost_payment_receipt")),
        sa.CheckConstraint(
            "(removed_at IS NULL) = (removed_by_id IS NULL)",
            name=op.f("ck_cost_payment_removed_at_with_removed_by_id"),
        ),
        link("cost_payment", "worker_id", "worker"),
        link("cost_payment", "opening_id", "opening"),
        link("cost_payment", "receipt_id", "stored_file"),
        link("cost_payment", "created_by_id", "account"),
        link("cost_payment", "removed_by_id", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cost_payment")),
    )
    op.create_table(
        "cost_payment_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("payment_id", sa.Integer(), nullable=False),
        sa.Column("opening_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("amount_vnd", sa.BigInteger(), nullable=False),
        sa.Column("paid_to", sa.String(length=200), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("receipt_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(f"kind IN ({PAID_FOR})", name=op.f("ck_cost_payment_change_kind")),
        link("cost_payment_change", "payment_id", "cost_payment"),
        link("cost_payment_change", "opening_id", "opening"),
        link("cost_payment_change", "receipt_id", "stored_file"),
        link("cost_payment_change", "changed_by_id", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cost_payment_change")),
    )
    op.create_table(
        "payment_sharing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("worker_id", sa.Integer(), nullable=False),
        sa.Column("payment_id", sa.Integer(), nullable=True),
        sa.Column("given_at", sa.DateTime(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        link("payment_sharing", "worker_id", "worker"),
        link("payment_sharing", "payment_id", "cost_payment"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_sharing")),
    )
    op.create_table(
        "cost_excess",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("worker_id", sa.Integer(), nullable=False),
        sa.Column("opening_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("paid_vnd", sa.BigInteger(), nullable=False),
        sa.Column("excess_vnd", sa.BigInteger(), nullable=False),
        sa.Column("told_vnd", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("incident_id", sa.Integer(), nullable=False),
        sa.Column("found_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(f"kind IN ({PAID_FOR})", name=op.f("ck_cost_excess_kind")),
        sa.CheckConstraint("excess_vnd >= 0 AND excess_vnd <= paid_vnd", name=op.f("ck_cost_excess_excess")),
        link("cost_excess", "worker_id", "worker"),
        link("cost_excess", "opening_id", "opening"),
        link("cost_excess", "incident_id", "incident"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cost_excess")),
        sa.UniqueConstraint(
            "worker_id", "opening_id", "kind", name=op.f("uq_cost_excess_worker_id_opening_id_kind")
        ),
    )
    op.create_table(
        "fraud_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("incident_id", sa.Integer(), nullable=False),
        sa.Column("sign", sa.String(length=30), nullable=False),
        sa.Column("where_seen", sa.String(length=300), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("code_expires_at", sa.DateTime(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(f"sign IN ({FRAUD_SIGNS})", name=op.f("ck_fraud_report_sign")),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (answered_by_id IS NULL)",
            name=op.f("ck_fraud_report_answered_at_with_answered_by_id"),
        ),
        sa.CheckConstraint("(answered_at IS NULL) = (answer = '')", name=op.f("ck_fraud_report_answer")),
        link("fraud_report", "incident_id", "incident"),
        link("fraud_report", "answered_by_id", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fraud_report")),
        sa.UniqueConstraint("incident_id", name=op.f("uq_fraud_report_incident_id")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_fraud_report_code_hash")),
    )
    for table, column in (
        ("cost_payment", "worker_id"), ("cost_payment", "opening_id"), ("cost_payment_change", "payment_id"),
        ("payment_sharing", "worker_id"), ("cost_excess", "worker_id"), ("cost_excess", "opening_id"),
        ("cost_excess", "incident_id"),
    ):  # fmt: skip
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)
    for name, column, live in (
        ("all", "worker_id", "payment_id IS NULL AND withdrawn_at IS NULL"),
        ("one", "payment_id", "withdrawn_at IS NULL"),
    ):
        op.create_index(
            f"ix_payment_sharing_{name}", "payment_sharing", [column], unique=True,
            sqlite_where=sa.text(live), postgresql_where=sa.text(live),
        )  # fmt: skip
    change_purposes(NEW_PURPOSES)
    for table in CODED:
        give_codes(table)


def downgrade():
    for table in CODED:
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_constraint(batch_op.f(f"uq_{table}_public_code"), type_="unique")
            batch_op.drop_column("public_code")
    # A purpose that the older schema does not know: its rows go.
    op.execute("DELETE FROM consent WHERE purpose = 'family_sheet'")
    change_purposes(OLD_PURPOSES)
    for table in ("fraud_report", "cost_excess", "payment_sharing", "cost_payment_change", "cost_payment"):
        op.drop_table(table)
