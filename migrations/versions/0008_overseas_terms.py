"""Every fact that the opening check reads: terms, cost lines, papers, ticks, overrides; stored exchange rates."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

PAYERS = "'receiver', 'sender', 'worker', 'shared'"
KINDS = (
    "'service_fee', 'deposit', 'training', 'orientation', 'passport', 'visa', 'health', 'judicial_record', "
    "'fund', 'airfare', 'insurance', 'other'"
)
MOMENTS = (
    "'registration', 'selection', 'before_contract', 'after_contract', 'before_acceptance_or_visa', "
    "'after_acceptance_or_visa', 'before_departure', 'after_departure'"
)
NEW = (
    ("same_sender", sa.Boolean()), ("same_supervising_body", sa.Boolean()),
    ("supply_contract_approved", sa.Boolean()), ("sending_contract_signed", sa.Boolean()),
    ("foreign_acceptance_or_visa", sa.Boolean()), ("rest_days", sa.Integer()),
    ("lodging_by", sa.String(length=30)), ("lodging_deduction_pct", sa.String(length=24)),
    ("meals_count", sa.Integer()), ("airfare_out_paid_by", sa.String(length=30)),
    ("airfare_back_paid_by", sa.String(length=30)), ("fx_rate", sa.String(length=24)),
    ("fx_date", sa.Date()), ("service_fee_months", sa.String(length=24)),
    ("agreed_fee_vnd", sa.BigInteger()), ("extension_fee_months", sa.String(length=24)),
    ("brokerage_vnd", sa.BigInteger()), ("selection_fee_vnd", sa.BigInteger()),
)  # fmt: skip
CHECKS = {
    "airfare_out_paid_by": f"airfare_out_paid_by IN ({PAYERS})",
    "airfare_back_paid_by": f"airfare_back_paid_by IN ({PAYERS})",
    "lodging_by": "lodging_by IN ('free', 'charged', 'own')",
    "quantities": "selected_quantity >= 0 AND departed_quantity >= 0",
    "fx_rate_with_fx_date": "(fx_rate IS NULL) = (fx_date IS NULL)",
}
OLD = sa.table("overseas_terms", sa.column("id", sa.Integer), sa.column("other_costs", sa.JSON))
LINES = sa.table(
    "overseas_cost",
    *(sa.column(name) for name in ("terms_id", "position", "kind", "amount", "currency", "receipt_by")),
)


def upgrade():
    with op.batch_alter_table("overseas_terms") as batch_op:
        for name, column_type in NEW:
            batch_op.add_column(sa.Column(name, column_type, nullable=True))
        batch_op.add_column(sa.Column("fx_source", sa.String(length=200), server_default="", nullable=False))
        batch_op.add_column(sa.Column("selected_quantity", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(
            sa.Column("costs_complete", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.alter_column("job_class", existing_type=sa.String(length=40), nullable=True)
        for name, text in CHECKS.items():
            batch_op.create_check_constraint(op.f(f"ck_overseas_terms_{name}"), text)
    _new_tables()
    _costs_to_lines()
    with op.batch_alter_table("overseas_terms") as batch_op:
        batch_op.drop_column("other_costs")


def _new_tables():
    op.create_table(
        "overseas_cost",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("terms_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("payable_when", sa.String(length=30), nullable=True),
        sa.Column("receipt_by", sa.String(length=120), nullable=False),
        sa.CheckConstraint(f"kind IN ({KINDS})", name=op.f("ck_overseas_cost_kind")),
        sa.CheckConstraint(f"payable_when IN ({MOMENTS})", name=op.f("ck_overseas_cost_payable_when")),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_overseas_cost_amount")),
        sa.ForeignKeyConstraint(
            ["terms_id"], ["overseas_terms.id"], name=op.f("fk_overseas_cost_terms_id_overseas_terms")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_overseas_cost")),
    )
    op.create_index(op.f("ix_overseas_cost_terms_id"), "overseas_cost", ["terms_id"])
    op.create_table(
        "opening_paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("opening_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.Column("removed_at", sa.DateTime(), nullable=True),
        sa.Column("removed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("kind IN ('approval', 'supply_contract')", name=op.f("ck_opening_paper_kind")),
        sa.CheckConstraint(
            "(removed_at IS NULL) = (removed_by_id IS NULL)",
            name=op.f("ck_opening_paper_removed_at_with_removed_by_id"),
        ),
        *_links("opening_paper", opening_id="opening", file_id="stored_file", added_by_id="account",
                removed_by_id="account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opening_paper")),
    )  # fmt: skip
    op.create_index(op.f("ix_opening_paper_opening_id"), "opening_paper", ["opening_id"])
    live = sa.text("removed_at IS NULL")
    op.create_index(
        "ix_opening_paper_live", "opening_paper", ["opening_id", "kind"], unique=True, sqlite_where=live,
        postgresql_where=live,
    )  # fmt: skip
    op.create_table(
        "checked_value",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("opening_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("entered_at", sa.DateTime(), nullable=True),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("ticked_by_id", sa.Integer(), nullable=True),
        sa.Column("ticked_at", sa.DateTime(), nullable=True),
        sa.Column("paper_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(ticked_at IS NULL) = (ticked_by_id IS NULL)",
            name=op.f("ck_checked_value_ticked_at_with_ticked_by_id"),
        ),
        sa.CheckConstraint(
            "(ticked_at IS NULL) = (paper_id IS NULL)", name=op.f("ck_checked_value_ticked_at_with_paper_id")
        ),
        sa.CheckConstraint(
            "ticked_by_id IS NULL OR ticked_by_id <> entered_by_id", name=op.f("ck_checked_value_by_another")
        ),
        *_links("checked_value", opening_id="opening", entered_by_id="account", ticked_by_id="account",
                paper_id="opening_paper"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checked_value")),
        sa.UniqueConstraint("opening_id", "field", name=op.f("uq_checked_value_opening_id_field")),
    )  # fmt: skip
    op.create_index(op.f("ix_checked_value_opening_id"), "checked_value", ["opening_id"])
    op.create_table(
        "warning_override",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("opening_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("stated", sa.Text(), nullable=False),
        sa.Column("allowed", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_warning_override_reason")),
        *_links("warning_override", opening_id="opening", decided_by_id="account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_warning_override")),
    )
    op.create_index(op.f("ix_warning_override_opening_id"), "warning_override", ["opening_id"])
    op.create_table(
        "exchange_rate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("rate", sa.String(length=24), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["account.id"], name=op.f("fk_exchange_rate_entered_by_id_account"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exchange_rate")),
    )  # fmt: skip
    op.create_index("ix_exchange_rate_currency_day", "exchange_rate", ["currency", "day"])


def _links(table, **columns):
    return [
        sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}_{target}"))
        for column, target in columns.items()
    ]


def _costs_to_lines():
    """When each sum was to be paid was never asked, so it is left open."""
    connection = op.get_bind()
    known = set(KINDS.replace("'", "").split(", "))
    for terms_id, costs in connection.execute(sa.select(OLD.c.id, OLD.c.other_costs)).all():
        rows = [
            {
                "terms_id": terms_id,
                "position": position,
                "kind": cost["kind"] if cost["kind"] in known else "other",
                "amount": cost["amount_vnd"],
                "currency": "VND",
                "receipt_by": "",
            }
            for position, cost in enumerate(costs or [])
        ]
        if rows:
            connection.execute(sa.insert(LINES), rows)


def downgrade():
    with op.batch_alter_table("overseas_terms") as batch_op:
        batch_op.add_column(sa.Column("other_costs", sa.JSON(), server_default="[]", nullable=False))
    _lines_to_costs()
    for table in ("exchange_rate", "warning_override", "checked_value", "opening_paper", "overseas_cost"):
        op.drop_table(table)
    op.execute("UPDATE overseas_terms SET job_class = 'general' WHERE job_class IS NULL")
    with op.batch_alter_table("overseas_terms") as batch_op:
        for name in CHECKS:
            batch_op.drop_constraint(op.f(f"ck_overseas_terms_{name}"), type_="check")
        batch_op.alter_column("other_costs", existing_type=sa.JSON(), server_default=None)
        batch_op.alter_column("job_class", existing_type=sa.String(length=40), nullable=False)
        for name in ("costs_complete", "selected_quantity", "fx_source", *(name for name, _type in NEW)):
            batch_op.drop_column(name)


def _lines_to_costs():
    connection = op.get_bind()
    lines = sa.text(
        "SELECT terms_id, kind, amount FROM overseas_cost WHERE currency = 'VND' ORDER BY terms_id, position, id"
    )
    costs = {}
    for terms_id, kind, amount in connection.execute(lines).all():
        costs.setdefault(terms_id, []).append({"kind": kind, "amount_vnd": amount})
    for terms_id, rows in costs.items():
        connection.execute(sa.update(OLD).where(OLD.c.id == terms_id).values(other_costs=rows))
