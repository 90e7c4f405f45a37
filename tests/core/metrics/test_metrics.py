"""What Prometheus reads of one process."""

from prometheus_client.parser import text_string_to_metric_families

from core.metrics import Metrics, SendingMetrics


async def _samples(metrics: Metrics) -> dict[tuple[str, tuple[str, ...]], float]:
    page = (await metrics.page()).decode()
    families = text_string_to_metric_families(page)
    return {(s.name, tuple(s.labels.values())): s.value for family in families for s in family.samples}


async def test_what_is_counted_is_on_the_page() -> None:
    metrics = Metrics()
    metrics.talks.answered("web", "answered", "air", 0.2)
    metrics.talks.not_understood()
    metrics.sending.called("sms", "receipt", 0.3)
    metrics.sending.finished("sms", "sent")
    metrics.sending.doubted("sms", 0)
    metrics.web.handled("/api/v1/chat", "POST", 200, 0.1)
    metrics.web.refused("/webhooks/telegram", "forged", 2)
    seen = await _samples(metrics)
    assert seen["hub_answers_total", ("web", "answered", "air")] == 1
    assert seen["hub_chat_turn_seconds_bucket", ("web", "0.25")] == 1
    assert seen["hub_chat_turn_seconds_bucket", ("web", "0.1")] == 0
    assert seen["hub_nlu_failures_total", ()] == 1
    assert seen["hub_provider_calls_total", ("sms", "receipt")] == 1
    assert seen["hub_deliveries_finished_total", ("sms", "sent")] == 1
    assert ("hub_deliveries_doubted_total", ("sms",)) not in seen
    assert seen["hub_http_requests_total", ("POST", "/api/v1/chat", "200")] == 1
    assert seen["hub_webhook_refusals_total", ("forged", "/webhooks/telegram")] == 2


async def test_each_process_counts_for_itself() -> None:
    one, other = Metrics(), Metrics()
    one.talks.answered("web", "answered", "air", 0.2)
    assert "hub_answers_total{" not in (await other.page()).decode()


def test_without_a_registry_it_counts_for_nobody() -> None:
    SendingMetrics().called("sms", "receipt", 0.1)
    SendingMetrics().called("sms", "receipt", 0.1)
