"""Classes before departure and who attends them; support claims and loans."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "course",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("periods", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('orientation', 'language', 'skill')", name=op.f("ck_course_kind")),
        sa.CheckConstraint("periods IS NULL OR periods > 0", name=op.f("ck_course_periods")),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["account.id"], name=op.f("fk_course_created_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_course_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course")),
    )
    with op.batch_alter_table("course") as batch_op:
        batch_op.create_index(batch_op.f("ix_course_organisation_id"), ["organisation_id"], unique=False)
    op.create_table(
        "course_class",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("commune_code", sa.String(length=10), nullable=True),
        sa.Column("address_line", sa.String(length=200), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(settled_at IS NULL) = (settled_by_id IS NULL)",
            name=op.f("ck_course_class_settled_at_with_settled_by_id"),
        ),
        sa.CheckConstraint("capacity > 0", name=op.f("ck_course_class_capacity")),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_course_class_dates_in_order")),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_course_class_course_id_course")),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["account.id"], name=op.f("fk_course_class_created_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["settled_by_id"], ["account.id"], name=op.f("fk_course_class_settled_by_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_class")),
    )
    with op.batch_alter_table("course_class") as batch_op:
        batch_op.create_index(batch_op.f("ix_course_class_course_id"), ["course_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_course_class_ends_on"), ["ends_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_course_class_starts_on"), ["starts_on"], unique=False)
    op.create_table(
        "class_day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["class_id"], ["course_class.id"], name=op.f("fk_class_day_class_id_course_class")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["account.id"], name=op.f("fk_class_day_entered_by_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class_day")),
        sa.UniqueConstraint("class_id", "day", name=op.f("uq_class_day_class_id_day")),
    )
    with op.batch_alter_table("class_day") as batch_op:
        batch_op.create_index(batch_op.f("ix_class_day_class_id"), ["class_id"], unique=False)
    op.create_table(
        "enrolment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("worker_id", sa.Integer(), nullable=False),
        sa.Column("enrolled_at", sa.DateTime(), nullable=False),
        sa.Column("enrolled_by_id", sa.Integer(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("left_reason", sa.String(length=30), nullable=True),
        sa.Column("result", sa.String(length=30), nullable=True),
        sa.Column("certificate_number", sa.String(length=60), nullable=True),
        sa.Column("certified_on", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("result_at", sa.DateTime(), nullable=True),
        sa.Column("result_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "certificate_number IS NULL OR result = 'passed'", name=op.f("ck_enrolment_certificate")
        ),
        sa.CheckConstraint(
            "left_reason IN ('own_wish', 'absent', 'other_class', 'health', 'mistake')",
            name=op.f("ck_enrolment_left_reason"),
        ),
        sa.CheckConstraint("result IN ('passed', 'failed')", name=op.f("ck_enrolment_result")),
        sa.CheckConstraint(
            "(certificate_number IS NULL) = (certified_on IS NULL)",
            name=op.f("ck_enrolment_certificate_number_with_certified_on"),
        ),
        sa.CheckConstraint(
            "(left_on IS NULL) = (left_reason IS NULL)", name=op.f("ck_enrolment_left_on_with_left_reason")
        ),
        sa.ForeignKeyConstraint(
            ["class_id"], ["course_class.id"], name=op.f("fk_enrolment_class_id_course_class")
        ),
        sa.ForeignKeyConstraint(
            ["enrolled_by_id"], ["account.id"], name=op.f("fk_enrolment_enrolled_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["result_by_id"], ["account.id"], name=op.f("fk_enrolment_result_by_id_account")
        ),
        sa.ForeignKeyConstraint(["worker_id"], ["worker.id"], name=op.f("fk_enrolment_worker_id_worker")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment")),
        sa.UniqueConstraint("class_id", "worker_id", name=op.f("uq_enrolment_class_id_worker_id")),
    )
    with op.batch_alter_table("enrolment") as batch_op:
        batch_op.create_index(batch_op.f("ix_enrolment_class_id"), ["class_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_enrolment_worker_id"), ["worker_id"], unique=False)
    op.create_table(
        "attendance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("class_day_id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["class_day_id"], ["class_day.id"], name=op.f("fk_attendance_class_day_id_class_day")
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_attendance_enrolment_id_enrolment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
        sa.UniqueConstraint(
            "class_day_id", "enrolment_id", name=op.f("uq_attendance_class_day_id_enrolment_id")
        ),
    )
    with op.batch_alter_table("attendance") as batch_op:
        batch_op.create_index(batch_op.f("ix_attendance_class_day_id"), ["class_day_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attendance_enrolment_id"), ["enrolment_id"], unique=False)
    op.create_table(
        "support_claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("worker_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.String(length=30), nullable=False),
        sa.Column("fund", sa.String(length=30), nullable=True),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("cost_vnd", sa.BigInteger(), nullable=True),
        sa.Column("ceiling_vnd", sa.BigInteger(), nullable=True),
        sa.Column("rule_source", sa.String(length=200), nullable=False),
        sa.Column("rule_since", sa.Date(), nullable=True),
        sa.Column("payable_until", sa.Date(), nullable=True),
        sa.Column("amount_vnd", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("claimed_on", sa.Date(), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decision_reason", sa.String(length=300), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("paid_by_id", sa.Integer(), nullable=True),
        sa.Column("payment_number", sa.String(length=60), nullable=False),
        sa.Column("elsewhere_by", sa.String(length=200), nullable=False),
        sa.CheckConstraint("(fund IS NULL) = (elsewhere_by <> '')", name=op.f("ck_support_claim_elsewhere")),
        sa.CheckConstraint("(state = 'paid') = (paid_on IS NOT NULL)", name=op.f("ck_support_claim_paid")),
        sa.CheckConstraint(
            "content IN ('orientation', 'language', 'skill', 'meals', 'lodging', 'travel', 'personal_items', 'passport', 'judicial_record', 'visa', 'health')",
            name=op.f("ck_support_claim_content"),
        ),
        sa.CheckConstraint("fund IN ('state', 'poverty')", name=op.f("ck_support_claim_fund")),
        sa.CheckConstraint(
            "state IN ('claimed', 'approved', 'refused', 'paid', 'withdrawn', 'elsewhere')",
            name=op.f("ck_support_claim_state"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('approved', 'paid') OR (amount_vnd IS NOT NULL AND decided_on IS NOT NULL)",
            name=op.f("ck_support_claim_decided"),
        ),
        sa.CheckConstraint(
            "(decided_on IS NULL) = (decided_by_id IS NULL)",
            name=op.f("ck_support_claim_decided_on_with_decided_by_id"),
        ),
        sa.CheckConstraint(
            "(paid_on IS NULL) = (paid_by_id IS NULL)", name=op.f("ck_support_claim_paid_on_with_paid_by_id")
        ),
        sa.CheckConstraint("amount_vnd IS NULL OR amount_vnd >= 0", name=op.f("ck_support_claim_amount")),
        sa.CheckConstraint(
            "amount_vnd IS NULL OR ceiling_vnd IS NULL OR amount_vnd <= ceiling_vnd",
            name=op.f("ck_support_claim_not_above_ceiling"),
        ),
        sa.CheckConstraint(
            "amount_vnd IS NULL OR cost_vnd IS NULL OR amount_vnd <= cost_vnd",
            name=op.f("ck_support_claim_not_above_cost"),
        ),
        sa.CheckConstraint(
            "decided_by_id IS NULL OR decided_by_id <> entered_by_id",
            name=op.f("ck_support_claim_two_people"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["overseas_case.id"], name=op.f("fk_support_claim_case_id_overseas_case")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["account.id"], name=op.f("fk_support_claim_decided_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["account.id"], name=op.f("fk_support_claim_entered_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["paid_by_id"], ["account.id"], name=op.f("fk_support_claim_paid_by_id_account")
        ),
        sa.ForeignKeyConstraint(["worker_id"], ["worker.id"], name=op.f("fk_support_claim_worker_id_worker")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_claim")),
    )
    with op.batch_alter_table("support_claim") as batch_op:
        batch_op.create_index(batch_op.f("ix_support_claim_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_support_claim_claimed_on"), ["claimed_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_support_claim_decided_on"), ["decided_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_support_claim_due_on"), ["due_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_support_claim_paid_on"), ["paid_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_support_claim_state"), ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_support_claim_worker_id"), ["worker_id"], unique=False)
        batch_op.create_index(
            "uq_support_claim_once",
            ["worker_id", "content"],
            unique=True,
            sqlite_where=sa.text("state IN ('claimed', 'approved', 'paid', 'elsewhere')"),
            postgresql_where=sa.text("state IN ('claimed', 'approved', 'paid', 'elsewhere')"),
        )
    op.create_table(
        "support_loan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("worker_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("asked_vnd", sa.BigInteger(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("cost_vnd", sa.BigInteger(), nullable=False),
        sa.Column("support_vnd", sa.BigInteger(), nullable=False),
        sa.Column("most_vnd", sa.BigInteger(), nullable=True),
        sa.Column("needs_collateral", sa.Boolean(), nullable=True),
        sa.Column("term_months", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("entered_by_id", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("approved_vnd", sa.BigInteger(), nullable=True),
        sa.Column("answer_note", sa.String(length=300), nullable=False),
        sa.Column("paid_out_on", sa.Date(), nullable=True),
        sa.Column("paid_out_vnd", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "(state IN ('paid_out', 'repaid')) = (paid_out_on IS NOT NULL)",
            name=op.f("ck_support_loan_paid_out"),
        ),
        sa.CheckConstraint(
            "state IN ('asked', 'approved', 'refused', 'paid_out', 'repaid', 'withdrawn')",
            name=op.f("ck_support_loan_state"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('approved', 'paid_out', 'repaid') OR approved_vnd IS NOT NULL",
            name=op.f("ck_support_loan_approved"),
        ),
        sa.CheckConstraint(
            "(paid_out_on IS NULL) = (paid_out_vnd IS NULL)",
            name=op.f("ck_support_loan_paid_out_on_with_paid_out_vnd"),
        ),
        sa.CheckConstraint(
            "approved_vnd IS NULL OR approved_vnd <= asked_vnd", name=op.f("ck_support_loan_not_above_asked")
        ),
        sa.CheckConstraint("asked_vnd > 0", name=op.f("ck_support_loan_asked")),
        sa.CheckConstraint(
            "most_vnd IS NULL OR asked_vnd <= most_vnd", name=op.f("ck_support_loan_not_above_most")
        ),
        sa.CheckConstraint(
            "paid_out_vnd IS NULL OR paid_out_vnd <= approved_vnd",
            name=op.f("ck_support_loan_not_above_approved"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["overseas_case.id"], name=op.f("fk_support_loan_case_id_overseas_case")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["account.id"], name=op.f("fk_support_loan_entered_by_id_account")
        ),
        sa.ForeignKeyConstraint(["worker_id"], ["worker.id"], name=op.f("fk_support_loan_worker_id_worker")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_loan")),
    )
    with op.batch_alter_table("support_loan") as batch_op:
        batch_op.create_index(batch_op.f("ix_support_loan_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_support_loan_due_on"), ["due_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_support_loan_state"), ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_support_loan_worker_id"), ["worker_id"], unique=False)
        batch_op.create_index(
            "uq_support_loan_once",
            ["case_id"],
            unique=True,
            sqlite_where=sa.text("state IN ('asked', 'approved', 'paid_out')"),
            postgresql_where=sa.text("state IN ('asked', 'approved', 'paid_out')"),
        )
    op.create_table(
        "support_sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("eligible_training_days", sa.Integer(), nullable=True),
        sa.Column("lodging_months", sa.Integer(), nullable=True),
        sa.Column("distance_m", sa.Integer(), nullable=True),
        sa.Column("in_hard_area", sa.Boolean(), nullable=False),
        sa.Column("in_programme_area", sa.Boolean(), nullable=True),
        sa.Column("is_upskilling", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("distance_m >= 0", name=op.f("ck_support_sheet_distance")),
        sa.CheckConstraint("eligible_training_days >= 0", name=op.f("ck_support_sheet_days")),
        sa.CheckConstraint("lodging_months >= 0", name=op.f("ck_support_sheet_months")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["overseas_case.id"], name=op.f("fk_support_sheet_case_id_overseas_case")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["account.id"], name=op.f("fk_support_sheet_changed_by_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_sheet")),
        sa.UniqueConstraint("case_id", name=op.f("uq_support_sheet_case_id")),
    )
    op.create_table(
        "loan_balance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("loan_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("owed_vnd", sa.BigInteger(), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("owed_vnd >= 0", name=op.f("ck_loan_balance_owed")),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["account.id"], name=op.f("fk_loan_balance_entered_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["loan_id"], ["support_loan.id"], name=op.f("fk_loan_balance_loan_id_support_loan")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loan_balance")),
        sa.UniqueConstraint("loan_id", "day", name=op.f("uq_loan_balance_loan_id_day")),
    )
    with op.batch_alter_table("loan_balance") as batch_op:
        batch_op.create_index(batch_op.f("ix_loan_balance_loan_id"), ["loan_id"], unique=False)
    op.create_table(
        "support_proof",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('bill', 'group', 'other')", name=op.f("ck_support_proof_kind")),
        sa.ForeignKeyConstraint(
            ["added_by_id"], ["account.id"], name=op.f("fk_support_proof_added_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["support_claim.id"], name=op.f("fk_support_proof_claim_id_support_claim")
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_file.id"], name=op.f("fk_support_proof_file_id_stored_file")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_proof")),
    )
    with op.batch_alter_table("support_proof") as batch_op:
        batch_op.create_index(batch_op.f("ix_support_proof_claim_id"), ["claim_id"], unique=False)


def downgrade():
    for table in (
        "support_proof",
        "loan_balance",
        "support_sheet",
        "support_loan",
        "support_claim",
        "attendance",
        "enrolment",
        "class_day",
        "course_class",
        "course",
    ):
        op.drop_table(table)
