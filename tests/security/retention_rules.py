"""What deletes the rows of each table, or why nothing does: whoever adds a table has to say it here."""

BY_KIND = {
    "contacts": "contacts",
    "consents": "contacts",
    "subscriptions": "contacts",
    "subscription_districts": "contacts",
    "deliveries": "deliveries",
    "suppressions": "suppressions",
    "linked_addresses": "links",
    "conversations": "conversations",
    "turns": "conversations",
    "ratings": "conversations",
    "handoffs": "handoffs",
    "handoff_steps": "handoffs",
    "handoff_letters": "handoffs",
    "sms_replies": "sms_answers",
    "telegram_updates": "updates",
    "telegram_payloads": "buttons",
    "outbox": "outbox",
    "staff_notices": "notices",
    "subscriber_exports": "exports",
    "audit_log": "audit",
}
"""Tables that the nightly forgetting empties, by the name of the kind of data they belong to."""

WITHIN_HOURS = {
    "sign_ups": "notifier.subscriptions.repository.purge_sign_ups",
    "link_codes": "notifier.subscriptions.repository.purge_sign_ups",
    "staff_sessions": "core.staff.clean_up.purge",
    "staff_tries": "core.staff.clean_up.purge",
}
"""Tables of things that end by themselves, by what deletes them the night after."""

NOBODYS = {
    **dict.fromkeys(
        (
            "air_day_means",
            "air_hours",
            "air_notices",
            "air_snapshots",
            "air_readings",
            "charging_copies",
            "news_copies",
        ),
        "copies of public data",
    ),
    **dict.fromkeys(
        ("job_runs", "processes", "source_statuses", "spending", "retention_periods"), "how the product itself fares"
    ),
    **dict.fromkeys(
        ("broadcasts", "banners", "announcement_templates", "alert_episodes", "alert_messages"),
        "what the city says in public",
    ),
    **dict.fromkeys(
        ("announcements", "announcement_moves", "announcement_reminders"), "what the city says, and who signed it"
    ),
    **dict.fromkeys(("text_versions", "alert_rule_versions"), "the wording and the rules, and who changed them"),
    **dict.fromkeys(
        ("taught_sentences", "passed_over_sentences", "trainings", "shared_models"),
        "sentences that staff read and chose, masked before; without them no model could be made again",
    ),
    **dict.fromkeys(
        ("staff_accounts", "staff_contacts", "staff_recovery_codes", "staff_api_keys"),
        "accounts of staff: an administrator closes them, and the log of changes keeps naming them",
    ),
}
"""Tables without any resident's data, and what they hold instead."""
