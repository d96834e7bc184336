"""Learning: what staff say of a pair, versions of the ranking, and what a shown list knew."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

REASONS = (
    "'done_it', 'has_skills', 'lives_near', 'wants_it', 'other_good', 'not_done_it', 'lacks_skills', "
    "'too_far', 'wage_apart', 'wrong_time', 'does_not_want', 'profile_wrong', 'other_bad'"
)


def upgrade():
    with op.batch_alter_table("shown_row") as batch_op:
        batch_op.add_column(sa.Column("values", sa.JSON(), server_default="{}", nullable=False))
        batch_op.add_column(sa.Column("is_apart", sa.Boolean(), server_default=sa.false(), nullable=False))

    op.create_table(
        "fit_judgement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("opening_id", sa.Integer(), nullable=False),
        sa.Column("worker_id", sa.Integer(), nullable=False),
        sa.Column("fit", sa.String(length=30), nullable=False),
        sa.Column("reason", sa.String(length=30), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("fit IN ('fits', 'does_not_fit')", name=op.f("ck_fit_judgement_fit")),
        sa.CheckConstraint(f"reason IN ({REASONS})", name=op.f("ck_fit_judgement_reason")),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (ended_by_id IS NULL)",
            name=op.f("ck_fit_judgement_ended_at_with_ended_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["ended_by_id"], ["account.id"], name=op.f("fk_fit_judgement_ended_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["account.id"], name=op.f("fk_fit_judgement_made_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["opening_id"], ["opening.id"], name=op.f("fk_fit_judgement_opening_id_opening")
        ),
        sa.ForeignKeyConstraint(
            ["worker_id"], ["worker.id"], name=op.f("fk_fit_judgement_worker_id_worker")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fit_judgement")),
    )
    standing = sa.text("ended_at IS NULL")
    with op.batch_alter_table("fit_judgement") as batch_op:
        batch_op.create_index(batch_op.f("ix_fit_judgement_opening_id"), ["opening_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_fit_judgement_worker_id"), ["worker_id"], unique=False)
        batch_op.create_index(
            "ix_fit_judgement_standing",
            ["opening_id", "worker_id"],
            unique=True,
            sqlite_where=standing,
            postgresql_where=standing,
        )

    op.create_table(
        "ranking_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("digest", sa.String(length=40), nullable=False),
        sa.Column("parameters", sa.JSON(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("against", sa.JSON(), nullable=False),
        sa.Column("present_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("activated_at", sa.DateTime(), nullable=True),
        sa.Column("activated_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "state IN ('too_few', 'refused', 'passed', 'active', 'replaced', 'taken_back')",
            name=op.f("ck_ranking_version_state"),
        ),
        sa.CheckConstraint("(state = 'too_few') = (digest = '')", name=op.f("ck_ranking_version_digest")),
        sa.CheckConstraint(
            "state NOT IN ('active', 'replaced', 'taken_back') OR activated_at IS NOT NULL",
            name=op.f("ck_ranking_version_activated"),
        ),
        sa.CheckConstraint(
            "(state IN ('replaced', 'taken_back')) = (ended_at IS NOT NULL)",
            name=op.f("ck_ranking_version_ended"),
        ),
        sa.CheckConstraint(
            "state <> 'taken_back' OR ended_reason <> ''", name=op.f("ck_ranking_version_taken_back")
        ),
        sa.ForeignKeyConstraint(
            ["activated_by_id"], ["account.id"], name=op.f("fk_ranking_version_activated_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["ended_by_id"], ["account.id"], name=op.f("fk_ranking_version_ended_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["account.id"], name=op.f("fk_ranking_version_made_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["present_id"], ["ranking_version.id"], name=op.f("fk_ranking_version_present_id_ranking_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ranking_version")),
    )
    active = sa.text("state = 'active'")
    with op.batch_alter_table("ranking_version") as batch_op:
        batch_op.create_index(
            "ix_ranking_version_active",
            ["state"],
            unique=True,
            sqlite_where=active,
            postgresql_where=active,
        )


def downgrade():
    with op.batch_alter_table("ranking_version") as batch_op:
        batch_op.drop_index("ix_ranking_version_active")
    op.drop_table("ranking_version")

    with op.batch_alter_table("fit_judgement") as batch_op:
        batch_op.drop_index("ix_fit_judgement_standing")
        batch_op.drop_index(batch_op.f("ix_fit_judgement_worker_id"))
        batch_op.drop_index(batch_op.f("ix_fit_judgement_opening_id"))
    op.drop_table("fit_judgement")

    with op.batch_alter_table("shown_row") as batch_op:
        batch_op.drop_column("is_apart")
        batch_op.drop_column("values")
