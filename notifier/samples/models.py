"""Table of the contacts that staff gave for samples."""

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, Identity


class StaffContactRow(Base):
    """Where somebody of the staff gets samples on a channel; the address is sealed."""

    __tablename__ = "staff_contacts"

    account_id: Mapped[int] = mapped_column(
        Identity, ForeignKey("staff_accounts.id", ondelete="CASCADE"), primary_key=True
    )
    channel: Mapped[str] = mapped_column(String(20), primary_key=True)
    address_sealed: Mapped[bytes] = mapped_column(LargeBinary)
