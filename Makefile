# Each line calls the runtime, which says what it does. Needs: python3 (3.11 to 3.13), git, make, apt.
PY = python3 -m

run:        ; @$(PY) runtime run
stop:       ; @$(PY) runtime stop
clean:      ; @$(PY) runtime clean
verify-journal: ; @$(PY) runtime verify-journal $(MARKS)
phone-demo: ; @$(PY) runtime phone-demo
setup:      ; @$(PY) runtime setup
test:       ; @$(PY) runtime.testing all
test-unit:  ; @$(PY) runtime.testing unit $(ARGS)
test-addon: ; @$(PY) runtime.testing addon $(ADDON) $(ARGS)
test-e2e:   ; @$(PY) runtime.testing e2e $(ARGS)
lint:       ; @$(PY) runtime.testing lint $(ARGS)
i18n:       ; @$(PY) runtime.testing i18n $(ARGS)
soak:       ; @HOTLINE_SOAK=$${CALLS:-300} $(PY) runtime.testing e2e tests/e2e/phone/calls/test_soak.py
bench:      ; @$(PY) benchmarks $(ARGS)

.PHONY: run stop clean verify-journal phone-demo setup test test-unit test-addon test-e2e lint i18n soak bench
