.DEFAULT_GOAL := help
.PHONY: help run test test-quick test-long check fuzz bench pictures format

help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: ## set up, train if needed, start everything on http://127.0.0.1:8000
	@deploy/setup.sh start && exec .venv/bin/hub run

test: ## the whole suite: real Rasa, PostgreSQL, Valkey and browser
	@deploy/setup.sh test && exec .venv/bin/pytest -n 2 --dist loadfile --no-loadscope-reorder -m "not long"

# The suites over a wire, on the queue and over all of the city's data take minutes together; `make test` runs them.
SLOW = tests/chaos tests/security tests/api/test_privacy_page.py tests/docs tests/bench tests/bot/telegram tests/bot/sms tests/bot/flows tests/bot/handoffs tests/content/topics tests/notifier tests/product tests/hub \
  tests/api/test_telegram_webhook.py tests/api/twilio tests/content/sources \
  tests/api/test_announcements.py tests/api/test_announcement_progress.py tests/api/test_subscription_sign_up.py tests/api/test_subscription_settings.py tests/api/test_notification_pages.py \
  tests/api/test_city_pages.py tests/api/test_feeds.py tests/api/test_feedback.py tests/api/test_repeats.py tests/api/test_chat_events.py \
  tests/api/test_alert_feeds.py tests/api/test_archive_pages.py tests/api/test_notices.py tests/api/test_compression.py \
  tests/api/widget tests/api/panel tests/core/staff tests/core/processes tests/bot/statistics tests/bot/teaching

test-quick: ## what needs no server, model or browser, in under a minute
	@deploy/setup.sh test-quick && exec .venv/bin/pytest -q -n 2 -m "not long and not rasa and not browser and not servers" $(SLOW:%=--ignore=%)

test-long: ## kills and restarts of the running product
	@deploy/setup.sh test && exec .venv/bin/pytest -m long

check: ## formatter, linter, types, import rules, widget, city packs
	@deploy/setup.sh check
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	.venv/bin/hub city check
	npm run --silent --prefix api/widget check
	npm run --silent --prefix api/widget test
	npm run --silent --prefix api/widget fresh

FUZZ_SECONDS ?= 300
fuzz: ## odd questions to every route, as long as FUZZ_SECONDS says
	@deploy/setup.sh test && FUZZ_SECONDS=$(FUZZ_SECONDS) exec .venv/bin/pytest -q -m long tests/security/test_fuzz.py

BENCH ?= --write-docs
bench: ## measure everything in one table, at most 12 minutes; the figures go into docs/ (BENCH="chat alerts": only these, no docs)
	@deploy/setup.sh test && exec .venv/bin/python -m bench $(BENCH)

pictures: ## take the pictures of the documents anew
	@deploy/setup.sh test && exec .venv/bin/python -m docs.pictures

format: ## format the code and mend what can be mended
	@deploy/setup.sh check
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .
