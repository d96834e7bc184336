"""Life abroad and the way home: stays, words, family, children, returns, and what was done about incidents."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "brought_home",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("occupation_code", sa.String(length=10), nullable=True),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("workplace", sa.String(length=160), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("from_year", sa.Integer(), nullable=True),
        sa.Column("to_year", sa.Integer(), nullable=True),
        sa.Column("skills_text", sa.Text(), nullable=False),
        sa.Column("scale", sa.String(length=30), nullable=True),
        sa.Column("level", sa.String(length=30), nullable=True),
        sa.Column("proposed_at", sa.DateTime(), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(), nullable=True),
        sa.Column("channel", sa.String(length=30), nullable=True),
        sa.Column("taken_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "channel IN ('online', 'desk', 'phone', 'paper')", name=op.f("ck_brought_home_channel")
        ),
        sa.CheckConstraint(
            "confirmed_at IS NULL OR channel = 'online' OR taken_by_id IS NOT NULL",
            name=op.f("ck_brought_home_taken_by"),
        ),
        sa.CheckConstraint(
            "(confirmed_at IS NULL) = (channel IS NULL)",
            name=op.f("ck_brought_home_confirmed_at_with_channel"),
        ),
        sa.CheckConstraint(
            "(scale IS NULL) = (level IS NULL)", name=op.f("ck_brought_home_scale_with_level")
        ),
        sa.CheckConstraint("months >= 0", name=op.f("ck_brought_home_months")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["overseas_case.id"], name=op.f("fk_brought_home_case_id_overseas_case")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["account.id"], name=op.f("fk_brought_home_proposed_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["taken_by_id"], ["account.id"], name=op.f("fk_brought_home_taken_by_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_brought_home")),
        sa.UniqueConstraint("case_id", name=op.f("uq_brought_home_case_id")),
    )
    op.create_table(
        "child_care",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("facts_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["account.id"], name=op.f("fk_child_care_asked_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["overseas_case.id"], name=op.f("fk_child_care_case_id_overseas_case")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_child_care")),
        sa.UniqueConstraint("case_id", name=op.f("uq_child_care_case_id")),
    )
    op.create_table(
        "family_contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("who_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("may_tell", sa.JSON(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("channel", sa.String(length=30), nullable=False),
        sa.Column("taken_by_id", sa.Integer(), nullable=True),
        sa.Column("given_at", sa.DateTime(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "channel = 'online' OR taken_by_id IS NOT NULL", name=op.f("ck_family_contact_taken_by")
        ),
        sa.CheckConstraint(
            "channel IN ('online', 'desk', 'phone', 'paper')", name=op.f("ck_family_contact_channel")
        ),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (who_sealed IS NOT NULL)", name=op.f("ck_family_contact_withdrawn")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["overseas_case.id"], name=op.f("fk_family_contact_case_id_overseas_case")
        ),
        sa.ForeignKeyConstraint(
            ["taken_by_id"], ["account.id"], name=op.f("fk_family_contact_taken_by_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_family_contact")),
    )
    with op.batch_alter_table("family_contact", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_family_contact_case_id"), ["case_id"], unique=False)

    op.create_table(
        "homecoming",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("how", sa.String(length=30), nullable=False),
        sa.Column("cause", sa.String(length=30), nullable=True),
        sa.Column("returned_on", sa.Date(), nullable=False),
        sa.Column("contract_ended_on", sa.Date(), nullable=True),
        sa.Column("fault", sa.String(length=30), nullable=False),
        sa.Column("fault_basis", sa.Text(), nullable=False),
        sa.Column("fee_vnd", sa.BigInteger(), nullable=True),
        sa.Column("fee_paid_on", sa.Date(), nullable=True),
        sa.Column("residence_due_on", sa.Date(), nullable=True),
        sa.Column("residence_noticed_on", sa.Date(), nullable=True),
        sa.Column("liquidation_due_on", sa.Date(), nullable=True),
        sa.Column("liquidated_on", sa.Date(), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("(how = 'early') = (cause IS NOT NULL)", name=op.f("ck_homecoming_early_cause")),
        sa.CheckConstraint(
            "cause IN ('ill', 'employer', 'disaster', 'abused', 'broken', 'family', 'own_wish', 'own_fault', 'other')",
            name=op.f("ck_homecoming_cause"),
        ),
        sa.CheckConstraint("fault = 'unclear' OR fault_basis <> ''", name=op.f("ck_homecoming_fault_basis")),
        sa.CheckConstraint("fault IN ('none', 'own', 'unclear')", name=op.f("ck_homecoming_fault")),
        sa.CheckConstraint("how IN ('on_time', 'early', 'overstayed')", name=op.f("ck_homecoming_how")),
        sa.CheckConstraint("fee_vnd IS NULL OR fee_vnd >= 0", name=op.f("ck_homecoming_fee")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["overseas_case.id"], name=op.f("fk_homecoming_case_id_overseas_case")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["account.id"], name=op.f("fk_homecoming_recorded_by_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_homecoming")),
        sa.UniqueConstraint("case_id", name=op.f("uq_homecoming_case_id")),
    )
    with op.batch_alter_table("homecoming", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_homecoming_returned_on"), ["returned_on"], unique=False)

    op.create_table(
        "stay",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("time_zone", sa.String(length=40), nullable=False),
        sa.Column("departed_on", sa.Date(), nullable=False),
        sa.Column("contract_ends_on", sa.Date(), nullable=True),
        sa.Column("reach_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "contract_ends_on IS NULL OR contract_ends_on >= departed_on", name=op.f("ck_stay_dates_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["overseas_case.id"], name=op.f("fk_stay_case_id_overseas_case")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stay")),
        sa.UniqueConstraint("case_id", name=op.f("uq_stay_case_id")),
    )
    with op.batch_alter_table("stay", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stay_country"), ["country"], unique=False)
        batch_op.create_index(batch_op.f("ix_stay_departed_on"), ["departed_on"], unique=False)

    op.create_table(
        "check_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stay_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("answer", sa.String(length=30), nullable=False),
        sa.Column("word_by", sa.String(length=30), nullable=False),
        sa.Column("wage", sa.String(length=30), nullable=True),
        sa.Column("work", sa.String(length=30), nullable=True),
        sa.Column("call_window", sa.String(length=30), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("incident_id", sa.Integer(), nullable=True),
        sa.Column("taken_by_id", sa.Integer(), nullable=True),
        sa.Column("look_by", sa.Date(), nullable=True),
        sa.Column("looked_at", sa.DateTime(), nullable=True),
        sa.Column("looked_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("answer IN ('ok', 'call', 'help')", name=op.f("ck_check_in_answer")),
        sa.CheckConstraint(
            "call_window IN ('any', 'early', 'noon', 'afternoon', 'evening', 'late')",
            name=op.f("ck_check_in_call_window"),
        ),
        sa.CheckConstraint(
            "wage IN ('as_promised', 'less', 'unpaid', 'unsure')", name=op.f("ck_check_in_wage")
        ),
        sa.CheckConstraint("word_by = 'link' OR taken_by_id IS NOT NULL", name=op.f("ck_check_in_taken_by")),
        sa.CheckConstraint(
            "word_by IN ('link', 'phone', 'zalo', 'family', 'other')", name=op.f("ck_check_in_word_by")
        ),
        sa.CheckConstraint("work IN ('as_promised', 'other', 'bad')", name=op.f("ck_check_in_work")),
        sa.CheckConstraint("looked_at IS NULL OR look_by IS NOT NULL", name=op.f("ck_check_in_looked")),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incident.id"], name=op.f("fk_check_in_incident_id_incident")
        ),
        sa.ForeignKeyConstraint(
            ["looked_by_id"], ["account.id"], name=op.f("fk_check_in_looked_by_id_account")
        ),
        sa.ForeignKeyConstraint(["stay_id"], ["stay.id"], name=op.f("fk_check_in_stay_id_stay")),
        sa.ForeignKeyConstraint(
            ["taken_by_id"], ["account.id"], name=op.f("fk_check_in_taken_by_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_in")),
    )
    with op.batch_alter_table("check_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_check_in_incident_id"), ["incident_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_check_in_look_by"), ["look_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_check_in_stay_id"), ["stay_id"], unique=False)

    op.create_table(
        "check_in_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stay_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("code_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["stay_id"], ["stay.id"], name=op.f("fk_check_in_code_stay_id_stay")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_in_code")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_check_in_code_code_hash")),
    )
    with op.batch_alter_table("check_in_code", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_check_in_code_stay_id"), ["stay_id"], unique=False)

    op.create_table(
        "due_contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stay_id", sa.Integer(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("call_on", sa.Date(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("last_try_at", sa.DateTime(), nullable=True),
        sa.Column("done_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("call_on >= due_on", name=op.f("ck_due_contact_call")),
        sa.ForeignKeyConstraint(["stay_id"], ["stay.id"], name=op.f("fk_due_contact_stay_id_stay")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_due_contact")),
        sa.UniqueConstraint("stay_id", "months", name=op.f("uq_due_contact_stay_id_months")),
    )
    with op.batch_alter_table("due_contact", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_due_contact_call_on"), ["call_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_due_contact_stay_id"), ["stay_id"], unique=False)

    op.create_table(
        "incident_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("incident_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=30), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "name IN ('called', 'help_offered', 'help_taken', 'help_refused', 'embassy', 'police', 'sender', 'ministry', 'note', 'told', 'lines_shown', 'kind', 'given', 'closed')",
            name=op.f("ck_incident_step_name"),
        ),
        sa.CheckConstraint("text_sealed IS NULL OR text = ''", name=op.f("ck_incident_step_words")),
        sa.ForeignKeyConstraint(["actor_id"], ["account.id"], name=op.f("fk_incident_step_actor_id_account")),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incident.id"], name=op.f("fk_incident_step_incident_id_incident")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident_step")),
    )
    with op.batch_alter_table("incident_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_incident_step_incident_id"), ["incident_id"], unique=False)

    op.create_table(
        "refund_claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("homecoming_id", sa.Integer(), nullable=False),
        sa.Column("principal_vnd", sa.BigInteger(), nullable=False),
        sa.Column("interest_vnd", sa.BigInteger(), nullable=True),
        sa.Column("remaining_days", sa.Integer(), nullable=False),
        sa.Column("term_days", sa.Integer(), nullable=False),
        sa.Column("reckoned_until", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("rate_source", sa.String(length=200), nullable=False),
        sa.Column("claimed_by_id", sa.Integer(), nullable=False),
        sa.Column("claimed_at", sa.DateTime(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("paid_vnd", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "(paid_on IS NULL) = (paid_vnd IS NULL)", name=op.f("ck_refund_claim_paid_on_with_paid_vnd")
        ),
        sa.CheckConstraint("principal_vnd >= 0", name=op.f("ck_refund_claim_principal")),
        sa.ForeignKeyConstraint(
            ["claimed_by_id"], ["account.id"], name=op.f("fk_refund_claim_claimed_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["homecoming_id"], ["homecoming.id"], name=op.f("fk_refund_claim_homecoming_id_homecoming")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refund_claim")),
        sa.UniqueConstraint("homecoming_id", name=op.f("uq_refund_claim_homecoming_id")),
    )


def downgrade():
    op.drop_table("refund_claim")
    op.drop_table("incident_step")
    op.drop_table("due_contact")
    op.drop_table("check_in_code")
    op.drop_table("check_in")
    op.drop_table("stay")
    op.drop_table("homecoming")
    op.drop_table("family_contact")
    op.drop_table("child_care")
    op.drop_table("brought_home")
