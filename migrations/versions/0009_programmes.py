"""Programmes as rows with dates: what they ask, need and are; their rounds, and who prepares for one."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "locality_ban",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("place_code", sa.String(length=10), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_locality_ban_dates_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["account.id"], name=op.f("fk_locality_ban_entered_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_locality_ban_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_locality_ban")),
    )
    with op.batch_alter_table("locality_ban") as batch_op:
        batch_op.create_index(batch_op.f("ix_locality_ban_entered_by_id"), ["entered_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_locality_ban_place_code"), ["place_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_locality_ban_programme_id"), ["programme_id"], unique=False)

    op.create_table(
        "programme_agreement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("partner", sa.String(length=200), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_programme_agreement_dates_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["account.id"], name=op.f("fk_programme_agreement_entered_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_programme_agreement_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_agreement")),
    )
    with op.batch_alter_table("programme_agreement") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_programme_agreement_entered_by_id"), ["entered_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_programme_agreement_programme_id"), ["programme_id"], unique=False
        )

    op.create_table(
        "programme_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name_vi", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("need", sa.String(length=30), nullable=False),
        sa.Column("valid_months", sa.Integer(), nullable=True),
        sa.Column("months_beyond", sa.Integer(), nullable=True),
        sa.Column("note_vi", sa.String(length=300), nullable=False),
        sa.Column("note_en", sa.String(length=300), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=True),
        sa.Column("slot", sa.String(length=40), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "need IN ('required', 'by_receiver', 'if_claiming', 'optional', 'not_needed')",
            name=op.f("ck_programme_document_need"),
        ),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_programme_document_dates_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["account.id"], name=op.f("fk_programme_document_entered_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_programme_document_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_document")),
    )
    with op.batch_alter_table("programme_document") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_programme_document_entered_by_id"), ["entered_by_id"], unique=False
        )
        batch_op.create_index(
            "ix_programme_document_slot", ["programme_id", "slot", "valid_from"], unique=True
        )

    op.create_table(
        "programme_fact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("words_vi", sa.Text(), nullable=False),
        sa.Column("words_en", sa.Text(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=True),
        sa.Column("slot", sa.String(length=40), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('cost', 'deposit', 'wage', 'term', 'quota', 'selection', 'know')",
            name=op.f("ck_programme_fact_kind"),
        ),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_programme_fact_dates_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["account.id"], name=op.f("fk_programme_fact_entered_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_programme_fact_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_fact")),
    )
    with op.batch_alter_table("programme_fact") as batch_op:
        batch_op.create_index(batch_op.f("ix_programme_fact_entered_by_id"), ["entered_by_id"], unique=False)
        batch_op.create_index("ix_programme_fact_slot", ["programme_id", "slot", "valid_from"], unique=True)

    op.create_table(
        "programme_priority",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_code", sa.String(length=40), nullable=False),
        sa.Column("words_vi", sa.String(length=200), nullable=False),
        sa.Column("words_en", sa.String(length=200), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=True),
        sa.Column("slot", sa.String(length=40), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_programme_priority_dates_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["account.id"], name=op.f("fk_programme_priority_entered_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_programme_priority_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_priority")),
    )
    with op.batch_alter_table("programme_priority") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_programme_priority_entered_by_id"), ["entered_by_id"], unique=False
        )
        batch_op.create_index(
            "ix_programme_priority_slot", ["programme_id", "slot", "valid_from"], unique=True
        )

    op.create_table(
        "programme_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("apply_from", sa.Date(), nullable=True),
        sa.Column("apply_to", sa.Date(), nullable=True),
        sa.Column("places", sa.Integer(), nullable=True),
        sa.Column("applicants", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "applicants IS NULL OR applicants > 0", name=op.f("ck_programme_round_applicants")
        ),
        sa.CheckConstraint(
            "apply_to IS NULL OR apply_from IS NULL OR apply_to >= apply_from",
            name=op.f("ck_programme_round_window"),
        ),
        sa.CheckConstraint("places IS NULL OR places > 0", name=op.f("ck_programme_round_places")),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["account.id"], name=op.f("fk_programme_round_entered_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_programme_round_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_round")),
    )
    with op.batch_alter_table("programme_round") as batch_op:
        batch_op.create_index(batch_op.f("ix_programme_round_entered_by_id"), ["entered_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_programme_round_programme_id"), ["programme_id"], unique=False)

    op.create_table(
        "programme_stages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stages", sa.JSON(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=True),
        sa.Column("slot", sa.String(length=40), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_programme_stages_dates_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["account.id"], name=op.f("fk_programme_stages_entered_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_programme_stages_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_stages")),
    )
    with op.batch_alter_table("programme_stages") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_programme_stages_entered_by_id"), ["entered_by_id"], unique=False
        )
        batch_op.create_index("ix_programme_stages_slot", ["programme_id", "slot", "valid_from"], unique=True)

    op.create_table(
        "pool",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("approval_number", sa.String(length=60), nullable=False),
        sa.Column("approval_date", sa.Date(), nullable=True),
        sa.Column("approved_quantity", sa.Integer(), nullable=True),
        sa.Column("commitment", sa.String(length=200), nullable=False),
        sa.Column("training_fee_vnd", sa.BigInteger(), nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind <> 'own' OR (organisation_id IS NULL AND training_fee_vnd IS NULL)",
            name=op.f("ck_pool_own"),
        ),
        sa.CheckConstraint(
            "kind <> 'pre_sourcing' OR (organisation_id IS NOT NULL AND approval_number <> '' AND approval_date IS NOT NULL AND commitment <> '')",
            name=op.f("ck_pool_approved"),
        ),
        sa.CheckConstraint("kind IN ('own', 'pre_sourcing')", name=op.f("ck_pool_kind")),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (closed_by_id IS NULL)", name=op.f("ck_pool_closed_at_with_closed_by_id")
        ),
        sa.CheckConstraint(
            "training_fee_vnd IS NULL OR training_fee_vnd >= 0", name=op.f("ck_pool_training_fee")
        ),
        sa.ForeignKeyConstraint(["closed_by_id"], ["account.id"], name=op.f("fk_pool_closed_by_id_account")),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["account.id"], name=op.f("fk_pool_created_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_pool_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_pool_programme_id_programme")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["programme_round.id"], name=op.f("fk_pool_round_id_programme_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pool")),
    )
    with op.batch_alter_table("pool") as batch_op:
        batch_op.create_index(batch_op.f("ix_pool_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pool_programme_id"), ["programme_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pool_round_id"), ["round_id"], unique=False)

    op.create_table(
        "programme_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("worker_id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=True),
        sa.Column("slot", sa.String(length=40), nullable=False),
        sa.Column("meets", sa.Boolean(), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("checked_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["checked_by_id"], ["account.id"], name=op.f("fk_programme_check_checked_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_programme_check_programme_id_programme")
        ),
        sa.ForeignKeyConstraint(
            ["worker_id"], ["worker.id"], name=op.f("fk_programme_check_worker_id_worker")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_check")),
        sa.UniqueConstraint(
            "worker_id", "programme_id", "slot", name=op.f("uq_programme_check_worker_id_programme_id_slot")
        ),
    )
    with op.batch_alter_table("programme_check") as batch_op:
        batch_op.create_index(batch_op.f("ix_programme_check_programme_id"), ["programme_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_programme_check_worker_id"), ["worker_id"], unique=False)

    op.create_table(
        "programme_requirement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("words_vi", sa.String(length=200), nullable=False),
        sa.Column("words_en", sa.String(length=200), nullable=False),
        sa.Column("for_sex", sa.String(length=10), nullable=True),
        sa.Column("any_of", sa.String(length=40), nullable=False),
        sa.Column("way", sa.String(length=30), nullable=True),
        sa.Column("way_vi", sa.String(length=300), nullable=False),
        sa.Column("way_en", sa.String(length=300), nullable=False),
        sa.Column("way_months", sa.Integer(), nullable=True),
        sa.Column("programme_id", sa.Integer(), nullable=True),
        sa.Column("slot", sa.String(length=40), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "for_sex IS NULL OR for_sex IN ('female', 'male')", name=op.f("ck_programme_requirement_for_sex")
        ),
        sa.CheckConstraint(
            "kind <> 'sex' OR round_id IS NOT NULL", name=op.f("ck_programme_requirement_sex_of_a_round")
        ),
        sa.CheckConstraint(
            "kind IN ('age', 'sex', 'education', 'language', 'test', 'training', 'experience', 'prior_stay', 'height', 'sight', 'colour_vision', 'tattoo', 'health', 'legal')",
            name=op.f("ck_programme_requirement_kind"),
        ),
        sa.CheckConstraint(
            "way IN ('course', 'certificate', 'document', 'practice', 'wait', 'fill_in', 'answer', 'examination', 'ask')",
            name=op.f("ck_programme_requirement_way"),
        ),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_programme_requirement_dates_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["account.id"], name=op.f("fk_programme_requirement_entered_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_programme_requirement_programme_id_programme")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["programme_round.id"],
            name=op.f("fk_programme_requirement_round_id_programme_round"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_requirement")),
    )
    with op.batch_alter_table("programme_requirement") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_programme_requirement_entered_by_id"), ["entered_by_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_programme_requirement_round_id"), ["round_id"], unique=False)
        batch_op.create_index(
            "ix_programme_requirement_slot", ["programme_id", "slot", "valid_from"], unique=True
        )

    op.create_table(
        "programme_round_day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "kind IN ('test', 'interview', 'result', 'departure')", name=op.f("ck_programme_round_day_kind")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["programme_round.id"], name=op.f("fk_programme_round_day_round_id_programme_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_round_day")),
    )
    with op.batch_alter_table("programme_round_day") as batch_op:
        batch_op.create_index(batch_op.f("ix_programme_round_day_round_id"), ["round_id"], unique=False)

    op.create_table(
        "pool_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pool_id", sa.Integer(), nullable=False),
        sa.Column("worker_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("joined_at", sa.DateTime(), nullable=False),
        sa.Column("roster_until", sa.Date(), nullable=True),
        sa.Column("consent_version", sa.String(length=20), nullable=False),
        sa.Column("consent_sentence", sa.Text(), nullable=False),
        sa.Column("consent_channel", sa.String(length=30), nullable=False),
        sa.Column("consent_taken_by_id", sa.Integer(), nullable=True),
        sa.Column("consent_given_at", sa.DateTime(), nullable=False),
        sa.Column("keep_until", sa.Date(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("ended_because", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "(state IN ('preparing', 'on_roster')) = (ended_at IS NULL)", name=op.f("ck_pool_member_ended")
        ),
        sa.CheckConstraint(
            "consent_channel = 'online' OR consent_taken_by_id IS NOT NULL",
            name=op.f("ck_pool_member_taken_by"),
        ),
        sa.CheckConstraint(
            "consent_channel IN ('online', 'desk', 'phone', 'paper')",
            name=op.f("ck_pool_member_consent_channel"),
        ),
        sa.CheckConstraint(
            "state IN ('preparing', 'on_roster', 'picked', 'not_picked', 'left')",
            name=op.f("ck_pool_member_state"),
        ),
        sa.ForeignKeyConstraint(
            ["consent_taken_by_id"], ["account.id"], name=op.f("fk_pool_member_consent_taken_by_id_account")
        ),
        sa.ForeignKeyConstraint(["pool_id"], ["pool.id"], name=op.f("fk_pool_member_pool_id_pool")),
        sa.ForeignKeyConstraint(["worker_id"], ["worker.id"], name=op.f("fk_pool_member_worker_id_worker")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pool_member")),
    )
    with op.batch_alter_table("pool_member") as batch_op:
        batch_op.create_index(batch_op.f("ix_pool_member_keep_until"), ["keep_until"], unique=False)
        batch_op.create_index(batch_op.f("ix_pool_member_pool_id"), ["pool_id"], unique=False)
        batch_op.create_index(
            "ix_pool_member_waiting",
            ["pool_id", "worker_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.create_index(batch_op.f("ix_pool_member_worker_id"), ["worker_id"], unique=False)

    op.create_table(
        "pool_priority",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("group_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("consent_version", sa.String(length=20), nullable=False),
        sa.Column("consent_sentence", sa.Text(), nullable=False),
        sa.Column("consent_channel", sa.String(length=30), nullable=False),
        sa.Column("consent_taken_by_id", sa.Integer(), nullable=True),
        sa.Column("consent_given_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "consent_channel = 'online' OR consent_taken_by_id IS NOT NULL",
            name=op.f("ck_pool_priority_taken_by"),
        ),
        sa.CheckConstraint(
            "consent_channel IN ('online', 'desk', 'phone', 'paper')",
            name=op.f("ck_pool_priority_consent_channel"),
        ),
        sa.ForeignKeyConstraint(
            ["consent_taken_by_id"], ["account.id"], name=op.f("fk_pool_priority_consent_taken_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["pool_member.id"], name=op.f("fk_pool_priority_member_id_pool_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pool_priority")),
        sa.UniqueConstraint("member_id", name=op.f("uq_pool_priority_member_id")),
    )


def downgrade():
    op.drop_table("pool_priority")
    op.drop_table("pool_member")
    op.drop_table("programme_round_day")
    op.drop_table("programme_requirement")
    op.drop_table("programme_check")
    op.drop_table("pool")
    op.drop_table("programme_stages")
    op.drop_table("programme_round")
    op.drop_table("programme_priority")
    op.drop_table("programme_fact")
    op.drop_table("programme_document")
    op.drop_table("programme_agreement")
    op.drop_table("locality_ban")
