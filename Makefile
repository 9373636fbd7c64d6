# Two commands do all the set-up: `make run` and `make test`. See README.md.
PYTHON ?= python3
PORT ?= 8000
HOST ?= 127.0.0.1
GROUP ?= 管理者
BIN := .venv/bin

# What depends on the database: locks, constraints, queries, what is restored; and the page of deploy/.
ON_POSTGRES := tests/deploy/test_page.py tests/deploy/test_backups.py tests/desk/history $(addprefix tests/desk/publishing/test_,at_once.py page.py \
	releases.py requests.py rule.py) \
	tests/desk/accounts/test_invitations.py tests/catalog/models tests/catalog/release/test_publishing.py \
	tests/catalog/release/test_serving.py

.PHONY: run staff test test-postgres lint format bench lock screenshots guide-pictures clean

run: .venv/run.stamp
	@$(BIN)/python -m scripts.check_port $(HOST) $(PORT)
	@$(BIN)/python manage.py prepare_site
	@$(BIN)/python manage.py collectstatic --noinput --verbosity 0
	@echo "あなたはひとりじゃない: http://$(HOST):$(PORT)/ （止めるときは Ctrl+C）"
	@echo "編集室に入る人を作る（べつの画面で）: make staff PORT=$(PORT) NAME=なまえ"
	@set -a; . deploy/server.env; SITE_URL=$${SITE_URL:-http://$(HOST):$(PORT)}; \
		exec $(BIN)/granian --host $(HOST) --port $(PORT) notalone.asgi:application

staff: .venv/run.stamp
	@SITE_URL=$${SITE_URL:-http://$(HOST):$(PORT)} $(BIN)/python manage.py make_staff "$(NAME)" --group "$(GROUP)"

test: .venv/dev.stamp
	@PYTHON=$(BIN)/python scripts/need_browser
	@scripts/need_servers nginx caddy haproxy openssl
	@# Four processes share the files (browsers and slow clients wait much), in their order: what a file sets up is set up once. tests/sharing.py: what all share.
	$(BIN)/python -m pytest -n 4 --dist loadfile --no-loadscope-reorder

test-postgres: .venv/dev.stamp
	@scripts/need_servers postgresql caddy curl
	$(BIN)/python -m scripts.postgres $(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder $(ON_POSTGRES)

lint: .venv/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy .
	$(BIN)/djlint --lint --quiet templates
	$(BIN)/python manage.py check --fail-level WARNING
	$(BIN)/python manage.py makemigrations --check --dry-run

format: .venv/dev.stamp
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: .venv/dev.stamp
	$(BIN)/python -m scripts.bench

screenshots: .venv/dev.stamp
	@PYTHON=$(BIN)/python scripts/need_browser
	$(BIN)/python -m scripts.screenshots

guide-pictures: .venv/dev.stamp
	@PYTHON=$(BIN)/python scripts/need_browser
	$(BIN)/python -m scripts.guide_pictures

lock: .venv/dev.stamp
	$(BIN)/pip-compile --quiet --strip-extras --allow-unsafe --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options requirements.in
	$(BIN)/pip-compile --quiet --strip-extras --allow-unsafe --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options requirements-dev.in

clean:
	rm -rf .venv var

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed."; exit 1; }
	$(PYTHON) -m venv .venv

.venv/run.stamp: .venv/bin/python requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/dev.stamp: .venv/run.stamp requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@
