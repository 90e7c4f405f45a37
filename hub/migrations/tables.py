"""Every table of the product, gathered from the features that own them."""

from bot.conversations import models as conversations
from content.topics.air import models as air
from core.database import Base

metadata = Base.metadata
OWNERS = (air, conversations)
