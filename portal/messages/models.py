"""The outbox: what is to be said to whom. Channels take it from here."""

import datetime as dt

from flask_babel import lazy_gettext as _l
from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.common.choices import Choices
from portal.common.columns import UtcDateTime, check_choice, choice_column
from portal.extensions import Model


class Channel(Choices):
    SMS = "sms", _l("Tin nhắn")
    EMAIL = "email", _l("Thư điện tử")
    PORTAL = "portal", _l("Tin trên cổng")


class MessageState(Choices):
    QUEUED = "queued", _l("Chờ gửi")
    SENT = "sent", _l("Đã gửi")
    FAILED = "failed", _l("Không gửi được")


class Message(Model):
    __tablename__ = "message"
    __table_args__ = (check_choice("channel", Channel), check_choice("state", MessageState))

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    channel: Mapped[Channel] = choice_column(Channel)
    recipient: Mapped[str] = mapped_column(String(200))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    worker_id: Mapped[int | None] = mapped_column(ForeignKey("worker.id"), index=True)
    subject: Mapped[str] = mapped_column(String(200), default="")
    body: Mapped[str] = mapped_column(Text)
    state: Mapped[MessageState] = choice_column(MessageState, default=MessageState.QUEUED)
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, index=True)
    sent_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    read_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
