"""People and the desk: shared phones, contacts, tickets, call-backs, complaints, confirmed employers."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

WORKER_CHECKS = {
    "contact_way": "contact_way IN ('call', 'sms', 'zalo', 'relative', 'letter')",
    "id_absence": "id_absence IN ('not_at_hand', 'lost', 'never_had')",
}
OLD_PURPOSES = "'matching', 'sharing', 'messages', 'keeping', 'ethnicity', 'priority', 'roster'"
NEW_PURPOSES = f"{OLD_PURPOSES}, 'relative', 'benefit', 'conditions'"


def change_purposes(purposes):
    with op.batch_alter_table("consent") as batch_op:
        batch_op.drop_constraint(op.f("ck_consent_purpose"), type_="check")
        batch_op.create_check_constraint(op.f("ck_consent_purpose"), f"purpose IN ({purposes})")


def upgrade():
    op.create_table(
        "phone_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("phone_hash", sa.String(length=64), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phone_code")),
    )
    with op.batch_alter_table("phone_code") as batch_op:
        batch_op.create_index(batch_op.f("ix_phone_code_phone_hash"), ["phone_hash"], unique=False)

    op.create_table(
        "place_wage_region",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place_code", sa.String(length=10), nullable=False),
        sa.Column("region", sa.String(length=30), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.CheckConstraint("region IN ('I', 'II', 'III', 'IV')", name=op.f("ck_place_wage_region_region")),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_place_wage_region_dates_in_order")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place_wage_region")),
    )
    with op.batch_alter_table("place_wage_region") as batch_op:
        batch_op.create_index("ix_place_wage_region_place", ["place_code", "valid_from"], unique=True)

    op.create_table(
        "ticket_number",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_ticket_number")),
    )
    op.create_table(
        "complaint",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(length=30), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("code_expires_at", sa.DateTime(), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "about IN ('centre', 'employer', 'sender', 'college', 'money', 'portal', 'other')",
            name=op.f("ck_complaint_about"),
        ),
        sa.CheckConstraint("state = 'open' OR answer <> ''", name=op.f("ck_complaint_answer")),
        sa.CheckConstraint("state IN ('open', 'answered')", name=op.f("ck_complaint_state")),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (answered_by_id IS NULL)",
            name=op.f("ck_complaint_answered_at_with_answered_by_id"),
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_complaint_account_id_account")),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["account.id"], name=op.f("fk_complaint_answered_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_complaint_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["account.id"], name=op.f("fk_complaint_owner_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_complaint_code_hash")),
    )
    with op.batch_alter_table("complaint") as batch_op:
        batch_op.create_index("ix_complaint_desk", ["state", "due_on"], unique=False)

    op.create_table(
        "organisation_confirmation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("called_number", sa.String(length=40), nullable=False),
        sa.Column("number_source", sa.String(length=200), nullable=False),
        sa.Column("spoke_with", sa.String(length=120), nullable=False),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.Column("withdrawn_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"],
            ["account.id"],
            name=op.f("fk_organisation_confirmation_confirmed_by_id_account"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_organisation_confirmation_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["withdrawn_by_id"],
            ["account.id"],
            name=op.f("fk_organisation_confirmation_withdrawn_by_id_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_confirmation")),
    )
    with op.batch_alter_table("organisation_confirmation") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_organisation_confirmation_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "saved_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("endpoint", sa.String(length=60), nullable=False),
        sa.Column("query", sa.String(length=500), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_saved_view_account_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
        sa.UniqueConstraint("account_id", "name", name=op.f("uq_saved_view_account_id_name")),
    )
    with op.batch_alter_table("saved_view") as batch_op:
        batch_op.create_index(batch_op.f("ix_saved_view_account_id"), ["account_id"], unique=False)

    op.create_table(
        "seat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("counter", sa.String(length=20), nullable=False),
        sa.Column("purposes", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_seat_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat")),
        sa.UniqueConstraint("day", "account_id", name=op.f("uq_seat_day_account_id")),
        sa.UniqueConstraint("day", "counter", name=op.f("uq_seat_day_counter")),
    )
    op.create_table(
        "task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("worker_id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("done_at", sa.DateTime(), nullable=True),
        sa.Column("done_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("kind IN ('national_id', 'second_fact')", name=op.f("ck_task_kind")),
        sa.CheckConstraint(
            "(done_at IS NULL) = (done_by_id IS NULL)", name=op.f("ck_task_done_at_with_done_by_id")
        ),
        sa.ForeignKeyConstraint(["done_by_id"], ["account.id"], name=op.f("fk_task_done_by_id_account")),
        sa.ForeignKeyConstraint(["owner_id"], ["account.id"], name=op.f("fk_task_owner_id_account")),
        sa.ForeignKeyConstraint(["worker_id"], ["worker.id"], name=op.f("fk_task_worker_id_worker")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
    )
    with op.batch_alter_table("task") as batch_op:
        batch_op.create_index("ix_task_desk", ["owner_id", "done_at", "due_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_task_worker_id"), ["worker_id"], unique=False)

    op.create_table(
        "ticket",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=30), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("is_priority", sa.Boolean(), nullable=False),
        sa.Column("press_key", sa.String(length=32), nullable=True),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("adviser_id", sa.Integer(), nullable=True),
        sa.Column("counter", sa.String(length=20), nullable=False),
        sa.Column("for_counter", sa.String(length=20), nullable=False),
        sa.Column("times_called", sa.Integer(), nullable=False),
        sa.Column("was_put_back", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("first_called_at", sa.DateTime(), nullable=True),
        sa.Column("called_at", sa.DateTime(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "(state IN ('waiting', 'left')) = (adviser_id IS NULL)", name=op.f("ck_ticket_adviser")
        ),
        sa.CheckConstraint(
            "(state IN ('waiting', 'left')) = (called_at IS NULL)", name=op.f("ck_ticket_called")
        ),
        sa.CheckConstraint(
            "(state IN ('done', 'missed', 'left')) = (ended_at IS NOT NULL)", name=op.f("ck_ticket_ended")
        ),
        sa.CheckConstraint(
            "purpose IN ('job', 'training', 'abroad', 'policy', 'benefit')", name=op.f("ck_ticket_purpose")
        ),
        sa.CheckConstraint("state IN ('waiting', 'called', 'done', 'missed', 'left')", name=op.f("ck_ticket_state")),
        sa.ForeignKeyConstraint(["adviser_id"], ["account.id"], name=op.f("fk_ticket_adviser_id_account")),
        sa.ForeignKeyConstraint(["made_by_id"], ["account.id"], name=op.f("fk_ticket_made_by_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket")),
        sa.UniqueConstraint("day", "number", name=op.f("uq_ticket_day_number")),
        sa.UniqueConstraint("press_key", name=op.f("uq_ticket_press_key")),
    )
    with op.batch_alter_table("ticket") as batch_op:
        batch_op.create_index("ix_ticket_queue", ["day", "state", "is_priority", "number"], unique=False)

    op.create_table(
        "worker_condition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("worker_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("need", sa.String(length=200), nullable=False),
        sa.Column("answer_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('height', 'sight', 'colour_vision', 'tattoo')", name=op.f("ck_worker_condition_kind")
        ),
        sa.ForeignKeyConstraint(
            ["worker_id"], ["worker.id"], name=op.f("fk_worker_condition_worker_id_worker")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_worker_condition")),
        sa.UniqueConstraint(
            "worker_id", "kind", "need", name=op.f("uq_worker_condition_worker_id_kind_need")
        ),
    )
    with op.batch_alter_table("worker_condition") as batch_op:
        batch_op.create_index(batch_op.f("ix_worker_condition_worker_id"), ["worker_id"], unique=False)

    op.create_table(
        "opening_condition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("opening_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("need", sa.String(length=200), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "kind IN ('height', 'sight', 'colour_vision', 'tattoo')", name=op.f("ck_opening_condition_kind")
        ),
        sa.CheckConstraint("source <> ''", name=op.f("ck_opening_condition_source")),
        sa.ForeignKeyConstraint(
            ["opening_id"], ["opening.id"], name=op.f("fk_opening_condition_opening_id_opening")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opening_condition")),
        sa.UniqueConstraint("opening_id", "kind", name=op.f("uq_opening_condition_opening_id_kind")),
    )
    with op.batch_alter_table("opening_condition") as batch_op:
        batch_op.create_index(batch_op.f("ix_opening_condition_opening_id"), ["opening_id"], unique=False)

    op.create_table(
        "call_back",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("commune_code", sa.String(length=10), nullable=True),
        sa.Column("best_hour", sa.String(length=30), nullable=False),
        sa.Column("for_whom", sa.String(length=30), nullable=False),
        sa.Column("about_name", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("worker_id", sa.Integer(), nullable=True),
        sa.Column("referral_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("last_tried_at", sa.DateTime(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(state = 'open') = (ended_at IS NULL)", name=op.f("ck_call_back_ended")),
        sa.CheckConstraint(
            "best_hour IN ('any', 'morning', 'noon', 'afternoon', 'evening')",
            name=op.f("ck_call_back_best_hour"),
        ),
        sa.CheckConstraint("for_whom IN ('self', 'family', 'neighbour')", name=op.f("ck_call_back_for_whom")),
        sa.CheckConstraint(
            "kind IN ('job', 'training', 'abroad', 'policy', 'benefit')", name=op.f("ck_call_back_kind")
        ),
        sa.CheckConstraint("state <> 'open' OR owner_id IS NOT NULL", name=op.f("ck_call_back_owner")),
        sa.CheckConstraint("state IN ('open', 'done', 'unreached')", name=op.f("ck_call_back_state")),
        sa.ForeignKeyConstraint(
            ["ended_by_id"], ["account.id"], name=op.f("fk_call_back_ended_by_id_account")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["account.id"], name=op.f("fk_call_back_owner_id_account")),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_call_back_referral_id_referral")
        ),
        sa.ForeignKeyConstraint(["worker_id"], ["worker.id"], name=op.f("fk_call_back_worker_id_worker")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_back")),
    )
    with op.batch_alter_table("call_back") as batch_op:
        batch_op.create_index("ix_call_back_desk", ["owner_id", "state", "due_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_call_back_worker_id"), ["worker_id"], unique=False)

    op.create_table(
        "contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("worker_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("channel", sa.String(length=30), nullable=False),
        sa.Column("outcome", sa.String(length=30), nullable=False),
        sa.Column("adviser_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("commune_code", sa.String(length=10), nullable=True),
        sa.Column("sex", sa.String(length=30), nullable=True),
        sa.Column("age_band", sa.String(length=30), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("next_done_at", sa.DateTime(), nullable=True),
        sa.Column("ticket_id", sa.Integer(), nullable=True),
        sa.Column("call_back_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "age_band IN ('under_18', '18_24', '25_34', '35_44', '45_59', '60_up')",
            name=op.f("ck_contact_age_band"),
        ),
        sa.CheckConstraint(
            "channel IN ('desk', 'phone', 'zalo', 'fair', 'commune')", name=op.f("ck_contact_channel")
        ),
        sa.CheckConstraint(
            "kind IN ('job', 'training', 'abroad', 'policy', 'benefit')", name=op.f("ck_contact_kind")
        ),
        sa.CheckConstraint(
            "outcome IN ('informed', 'registered', 'referred', 'appointment', 'passed_on', 'not_reached')",
            name=op.f("ck_contact_outcome"),
        ),
        sa.CheckConstraint("sex IN ('female', 'male')", name=op.f("ck_contact_sex")),
        sa.ForeignKeyConstraint(["adviser_id"], ["account.id"], name=op.f("fk_contact_adviser_id_account")),
        sa.ForeignKeyConstraint(
            ["call_back_id"], ["call_back.id"], name=op.f("fk_contact_call_back_id_call_back")
        ),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_contact_ticket_id_ticket")),
        sa.ForeignKeyConstraint(["worker_id"], ["worker.id"], name=op.f("fk_contact_worker_id_worker")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
    )
    with op.batch_alter_table("contact") as batch_op:
        batch_op.create_index("ix_contact_adviser_at", ["adviser_id", "at"], unique=False)
        batch_op.create_index(batch_op.f("ix_contact_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_contact_day"), ["day"], unique=False)
        batch_op.create_index(batch_op.f("ix_contact_next_on"), ["next_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_contact_worker_id"), ["worker_id"], unique=False)

    op.create_table(
        "rating",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("face", sa.String(length=30), nullable=True),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.Column("rated_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("face IN ('good', 'so_so', 'bad')", name=op.f("ck_rating_face")),
        sa.CheckConstraint("(face IS NULL) = (rated_at IS NULL)", name=op.f("ck_rating_face_with_rated_at")),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_rating_contact_id_contact")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rating")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_rating_code_hash")),
        sa.UniqueConstraint("contact_id", name=op.f("uq_rating_contact_id")),
    )
    with op.batch_alter_table("account") as batch_op:
        batch_op.add_column(sa.Column("phone_proved_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("pin_hash", sa.String(length=200), nullable=True))
        batch_op.alter_column("sign_in_name", existing_type=sa.VARCHAR(length=120), nullable=True)
        batch_op.create_index(batch_op.f("ix_account_phone"), ["phone"], unique=False)

    with op.batch_alter_table("referral") as batch_op:
        batch_op.add_column(sa.Column("departed_on", sa.Date(), nullable=True))

    op.add_column(
        "opening", sa.Column("is_part_time", sa.Boolean(), server_default=sa.false(), nullable=False)
    )

    change_purposes(NEW_PURPOSES)
    with op.batch_alter_table("worker") as batch_op:
        batch_op.add_column(sa.Column("id_absence", sa.String(length=30), nullable=True))
        batch_op.add_column(sa.Column("permanent_commune_code", sa.String(length=10), nullable=True))
        batch_op.add_column(
            sa.Column("permanent_address_line", sa.String(length=200), server_default="", nullable=False)
        )
        batch_op.add_column(sa.Column("contact_way", sa.String(length=30), nullable=True))
        batch_op.add_column(
            sa.Column("relative_name", sa.String(length=120), server_default="", nullable=False)
        )
        batch_op.add_column(
            sa.Column("relative_relation", sa.String(length=60), server_default="", nullable=False)
        )
        batch_op.add_column(
            sa.Column("relative_phone", sa.String(length=20), server_default="", nullable=False)
        )
        batch_op.add_column(sa.Column("receives_benefit", sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column("desk_code_hash", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("desk_code_expires_at", sa.DateTime(), nullable=True))
        batch_op.add_column(
            sa.Column("desk_code_step", sa.String(length=30), server_default="", nullable=False)
        )
        batch_op.create_unique_constraint(batch_op.f("uq_worker_desk_code_hash"), ["desk_code_hash"])
        for name, text in WORKER_CHECKS.items():
            batch_op.create_check_constraint(op.f(f"ck_worker_{name}"), text)


def downgrade():
    op.execute("DELETE FROM consent WHERE purpose IN ('relative', 'benefit', 'conditions')")
    change_purposes(OLD_PURPOSES)
    with op.batch_alter_table("worker") as batch_op:
        for name in WORKER_CHECKS:
            batch_op.drop_constraint(op.f(f"ck_worker_{name}"), type_="check")
    with op.batch_alter_table("worker") as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_worker_desk_code_hash"), type_="unique")
        batch_op.drop_column("desk_code_step")
        batch_op.drop_column("desk_code_expires_at")
        batch_op.drop_column("desk_code_hash")
        batch_op.drop_column("receives_benefit")
        batch_op.drop_column("relative_phone")
        batch_op.drop_column("relative_relation")
        batch_op.drop_column("relative_name")
        batch_op.drop_column("contact_way")
        batch_op.drop_column("permanent_address_line")
        batch_op.drop_column("permanent_commune_code")
        batch_op.drop_column("id_absence")

    op.drop_column("opening", "is_part_time")

    with op.batch_alter_table("referral") as batch_op:
        batch_op.drop_column("departed_on")

    op.execute("UPDATE account SET sign_in_name = 'account-' || id WHERE sign_in_name IS NULL")
    with op.batch_alter_table("account") as batch_op:
        batch_op.drop_index(batch_op.f("ix_account_phone"))
        batch_op.alter_column("sign_in_name", existing_type=sa.VARCHAR(length=120), nullable=False)
        batch_op.drop_column("pin_hash")
        batch_op.drop_column("phone_proved_at")

    op.drop_table("rating")
    with op.batch_alter_table("contact") as batch_op:
        batch_op.drop_index(batch_op.f("ix_contact_worker_id"))
        batch_op.drop_index(batch_op.f("ix_contact_next_on"))
        batch_op.drop_index(batch_op.f("ix_contact_day"))
        batch_op.drop_index(batch_op.f("ix_contact_at"))
        batch_op.drop_index("ix_contact_adviser_at")

    op.drop_table("contact")
    with op.batch_alter_table("call_back") as batch_op:
        batch_op.drop_index(batch_op.f("ix_call_back_worker_id"))
        batch_op.drop_index("ix_call_back_desk")

    op.drop_table("call_back")
    with op.batch_alter_table("opening_condition") as batch_op:
        batch_op.drop_index(batch_op.f("ix_opening_condition_opening_id"))

    op.drop_table("opening_condition")
    with op.batch_alter_table("worker_condition") as batch_op:
        batch_op.drop_index(batch_op.f("ix_worker_condition_worker_id"))

    op.drop_table("worker_condition")
    with op.batch_alter_table("ticket") as batch_op:
        batch_op.drop_index("ix_ticket_queue")

    op.drop_table("ticket")
    with op.batch_alter_table("task") as batch_op:
        batch_op.drop_index(batch_op.f("ix_task_worker_id"))
        batch_op.drop_index("ix_task_desk")

    op.drop_table("task")
    op.drop_table("seat")
    with op.batch_alter_table("saved_view") as batch_op:
        batch_op.drop_index(batch_op.f("ix_saved_view_account_id"))

    op.drop_table("saved_view")
    with op.batch_alter_table("organisation_confirmation") as batch_op:
        batch_op.drop_index(batch_op.f("ix_organisation_confirmation_organisation_id"))

    op.drop_table("organisation_confirmation")
    with op.batch_alter_table("complaint") as batch_op:
        batch_op.drop_index("ix_complaint_desk")

    op.drop_table("complaint")
    op.drop_table("ticket_number")
    with op.batch_alter_table("place_wage_region") as batch_op:
        batch_op.drop_index("ix_place_wage_region_place")

    op.drop_table("place_wage_region")
    with op.batch_alter_table("phone_code") as batch_op:
        batch_op.drop_index(batch_op.f("ix_phone_code_phone_hash"))

    op.drop_table("phone_code")
