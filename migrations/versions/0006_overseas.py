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
EXIT_REASONS = (
    "'withdrew', 'failed_test', 'failed_health', 'document_expired', 'sender_fault', 'family', 'money', "
    "'waited_too_long', 'fraud_suspected', 'placed_elsewhere'"
)
CASE_LINKS = (
    ("worker", "worker"), ("programme", "programme"), ("opening", "opening"), ("referral", "referral"),
    ("adviser", "account"), ("opened_by", "account"),
)  # fmt: skip
INCIDENT_KINDS = (
    "'overcharged', 'wages', 'conditions', 'papers_kept', 'accident', 'violence', 'trafficking', 'fraud', "
    "'missing', 'other'"
)
INCIDENT_OUTCOMES = "'solved', 'passed_on', 'came_home', 'not_wanted', 'unfounded'"
INCIDENT_LINKS = (
    ("worker", "worker"), ("case", "overseas_case"), ("organisation", "organisation"), ("opening", "opening"),
    ("owner", "account"), ("opened_by", "account"), ("closed_by", "account"),
)  # fmt: skip


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
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("dates_source", sa.String(length=300), server_default="", nullable=False),
        sa.Column("dates_verified", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("about_vi", sa.Text(), server_default="", nullable=False),
        sa.Column("about_en", sa.Text(), server_default="", nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "ends_on IS NULL OR starts_on IS NULL OR ends_on >= starts_on",
            name=op.f("ck_programme_dates_in_order"),
        ),
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
        sa.Column("referral_id", sa.Integer(), nullable=True),
        sa.Column("adviser_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("exit_reason", sa.String(length=30), nullable=True),
        sa.Column("ended_from", sa.String(length=30), nullable=True),
        sa.Column("planned_departure", sa.Date(), nullable=True),
        sa.Column("flight", sa.String(length=40), nullable=False),
        sa.Column("selected_on", sa.Date(), nullable=True),
        sa.Column("depart_by", sa.Date(), nullable=True),
        sa.Column("depart_by_source", sa.String(length=250), nullable=False),
        sa.Column("contract_number", sa.String(length=60), nullable=False),
        sa.Column("contract_signed_on", sa.Date(), nullable=True),
        sa.Column("contract_ends_on", sa.Date(), nullable=True),
        sa.Column("service_fee_vnd", sa.BigInteger(), nullable=True),
        sa.Column("finance_way", sa.String(length=30), nullable=True),
        sa.Column("deposit_vnd", sa.BigInteger(), nullable=True),
        sa.Column("deposit_paid_on", sa.Date(), nullable=True),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("list_submitted_on", sa.Date(), nullable=True),
        sa.Column("list_confirmed_on", sa.Date(), nullable=True),
        sa.Column("visa_filed_on", sa.Date(), nullable=True),
        sa.Column("departed_on", sa.Date(), nullable=True),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("opened_by_id", sa.Integer(), nullable=True),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(f"state IN ({CASE_STATES})", name=op.f("ck_overseas_case_state")),
        sa.CheckConstraint(f"ended_from IN ({CASE_STATES})", name=op.f("ck_overseas_case_ended_from")),
        sa.CheckConstraint(f"exit_reason IN ({EXIT_REASONS})", name=op.f("ck_overseas_case_exit_reason")),
        sa.CheckConstraint("finance_way IN ('nothing', 'own', 'loan')", name=op.f("ck_overseas_case_finance_way")),
        sa.CheckConstraint("(state = 'ended') = (exit_reason IS NOT NULL)", name=op.f("ck_overseas_case_exit")),
        sa.CheckConstraint(
            "(exit_reason IS NULL) = (ended_from IS NULL)", name=op.f("ck_overseas_case_exit_reason_with_ended_from")
        ),
        sa.CheckConstraint(
            "(selected_on IS NULL) = (depart_by IS NULL)", name=op.f("ck_overseas_case_selected_on_with_depart_by")
        ),
        sa.CheckConstraint(
            "(state IN ('abroad', 'returned', 'settled')) = (departed_on IS NOT NULL)",
            name=op.f("ck_overseas_case_departed"),
        ),
        sa.CheckConstraint(
            "returned_on IS NULL OR returned_on >= departed_on", name=op.f("ck_overseas_case_returned")
        ),
        *(
            sa.ForeignKeyConstraint(
                [f"{column}_id"], [f"{table}.id"], name=op.f(f"fk_overseas_case_{column}_id_{table}")
            )
            for column, table in CASE_LINKS
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_overseas_case")),
        sa.UniqueConstraint("referral_id", name=op.f("uq_overseas_case_referral_id")),
    )
    with op.batch_alter_table("overseas_case") as batch_op:
        for column in ("worker_id", "programme_id", "opening_id", "adviser_id", "state", "flight", "depart_by"):
            batch_op.create_index(batch_op.f(f"ix_overseas_case_{column}"), [column], unique=False)
    op.create_table(
        "incident",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("severity", sa.String(length=30), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("worker_id", sa.Integer(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("opening_id", sa.Integer(), nullable=True),
        sa.Column("is_restricted", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("told_by", sa.String(length=120), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("opened_by_id", sa.Integer(), nullable=True),
        sa.Column("outcome_kind", sa.String(length=30), nullable=True),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(f"kind IN ({INCIDENT_KINDS})", name=op.f("ck_incident_kind")),
        sa.CheckConstraint("severity IN ('urgent', 'serious', 'normal')", name=op.f("ck_incident_severity")),
        sa.CheckConstraint("state IN ('open', 'working', 'closed')", name=op.f("ck_incident_state")),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (closed_by_id IS NULL)", name=op.f("ck_incident_closed_at_with_closed_by_id")
        ),
        sa.CheckConstraint(f"outcome_kind IN ({INCIDENT_OUTCOMES})", name=op.f("ck_incident_outcome_kind")),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (outcome_kind IS NULL)", name=op.f("ck_incident_closed_at_with_outcome_kind")
        ),
        sa.CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name=op.f("ck_incident_closed")),
        sa.CheckConstraint(
            "kind NOT IN ('violence', 'trafficking') OR is_restricted", name=op.f("ck_incident_restricted")
        ),
        sa.CheckConstraint(
            "words_sealed IS NULL OR (text = '' AND told_by = '' AND phone = '')", name=op.f("ck_incident_words")
        ),
        sa.CheckConstraint("NOT is_restricted OR words_sealed IS NOT NULL", name=op.f("ck_incident_sealed")),
        *(
            sa.ForeignKeyConstraint([f"{column}_id"], [f"{table}.id"], name=op.f(f"fk_incident_{column}_id_{table}"))
            for column, table in INCIDENT_LINKS
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
        sa.UniqueConstraint("uid", name=op.f("uq_incident_uid")),
    )
    with op.batch_alter_table("incident") as batch_op:
        for column in ("worker_id", "case_id", "organisation_id", "opening_id", "owner_id", "due_on"):
            batch_op.create_index(batch_op.f(f"ix_incident_{column}"), [column], unique=False)


def downgrade():
    op.drop_table("incident")
    op.drop_table("overseas_case")
    op.drop_table("programme")
