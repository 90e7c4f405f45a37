"""What the product counts of itself, for Prometheus; never a text, an address or an id of anybody."""

from core.metrics.book import CONTENT_TYPE, Metrics
from core.metrics.sending import SendingMetrics
from core.metrics.talks import TalkMetrics
from core.metrics.web import WebMetrics

__all__ = ["CONTENT_TYPE", "Metrics", "SendingMetrics", "TalkMetrics", "WebMetrics"]
