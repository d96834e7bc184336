"""What happens to a case: its steps, its papers, and whether its profile may go abroad."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
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
DOCUMENT_KINDS = (
    "'application', 'cv', 'citizen_card', 'passport', 'health_certificate', 'orientation', 'judicial_record', "
    "'diploma', 'language_result', 'skill_result', 'labour_contract', 'sending_contract', 'residence_permit', "
    "'visa', 'deposit_receipt', 'fund_receipt', 'insurance', 'family_commitment', 'support_proof', 'other'"
)


def _links(table, *columns):
    return [
        sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}")) for column, to in columns
    ]


def upgrade():
    op.create_table(
        "case_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=30), nullable=False),
        sa.Column("from_state", sa.String(length=30), nullable=True),
        sa.Column("to_state", sa.String(length=30), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=30), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("passed", sa.JSON(), nullable=False),
        sa.Column("passed_note", sa.Text(), nullable=False),
        sa.CheckConstraint(f"from_state IN ({CASE_STATES})", name=op.f("ck_case_step_from_state")),
        sa.CheckConstraint(f"to_state IN ({CASE_STATES})", name=op.f("ck_case_step_to_state")),
        sa.CheckConstraint(f"reason IN ({EXIT_REASONS})", name=op.f("ck_case_step_reason")),
        *_links("case_step", ("case_id", "overseas_case"), ("actor_id", "account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_step")),
    )
    op.create_table(
        "receiver_consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("receiver", sa.String(length=200), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("text_version", sa.String(length=20), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("channel", sa.String(length=30), nullable=False),
        sa.Column("taken_by_id", sa.Integer(), nullable=True),
        sa.Column("given_at", sa.DateTime(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "channel IN ('online', 'desk', 'phone', 'paper')", name=op.f("ck_receiver_consent_channel")
        ),
        sa.CheckConstraint(
            "channel = 'online' OR taken_by_id IS NOT NULL", name=op.f("ck_receiver_consent_taken_by")
        ),
        *_links("receiver_consent", ("case_id", "overseas_case"), ("taken_by_id", "account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receiver_consent")),
    )
    op.create_table(
        "profile_sending",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("consent_id", sa.Integer(), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("sent_by_id", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=False),
        *_links(
            "profile_sending", ("case_id", "overseas_case"), ("consent_id", "receiver_consent"), ("sent_by_id", "account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profile_sending")),
    )
    op.create_table(
        "case_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("number_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.Column("judged_by_id", sa.Integer(), nullable=True),
        sa.Column("judged_at", sa.DateTime(), nullable=True),
        sa.Column("return_reason", sa.String(length=300), nullable=False),
        sa.CheckConstraint(f"kind IN ({DOCUMENT_KINDS})", name=op.f("ck_case_document_kind")),
        sa.CheckConstraint(
            "state IN ('waiting', 'checked', 'returned', 'replaced')", name=op.f("ck_case_document_state")
        ),
        sa.CheckConstraint(
            "(judged_at IS NULL) = (judged_by_id IS NULL)", name=op.f("ck_case_document_judged_at_with_judged_by_id")
        ),
        sa.CheckConstraint(
            "state NOT IN ('checked', 'returned') OR judged_at IS NOT NULL", name=op.f("ck_case_document_judged")
        ),
        sa.CheckConstraint(
            "state <> 'returned' OR return_reason <> ''", name=op.f("ck_case_document_return_reason")
        ),
        sa.CheckConstraint(
            "expires_on IS NULL OR issued_on IS NULL OR expires_on >= issued_on",
            name=op.f("ck_case_document_dates_in_order"),
        ),
        *_links(
            "case_document", ("case_id", "overseas_case"), ("file_id", "stored_file"), ("added_by_id", "account"),
            ("judged_by_id", "account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_document")),
        sa.UniqueConstraint("uid", name=op.f("uq_case_document_uid")),
    )  # fmt: skip
    for table, columns in (
        ("case_step", ["case_id"]), ("receiver_consent", ["case_id"]), ("profile_sending", ["case_id"]),
        ("case_document", ["case_id", "kind"]), ("case_document", ["expires_on"]),
    ):  # fmt: skip
        op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, columns, unique=False)


def downgrade():
    for table in ("case_document", "profile_sending", "receiver_consent", "case_step"):
        op.drop_table(table)
