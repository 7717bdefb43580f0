# Each line calls the runtime, which says what it does. Needs: python3 (3.11 to 3.13), git, make, apt.
PY = python3 -m

run:        ; @$(PY) runtime run
stop:       ; @$(PY) runtime stop
clean:      ; @$(PY) runtime clean
setup:      ; @$(PY) runtime setup
test:       ; @$(PY) runtime.testing all
test-unit:  ; @$(PY) runtime.testing unit
test-addon: ; @$(PY) runtime.testing addon $(ADDON)
test-e2e:   ; @$(PY) runtime.testing e2e
lint:       ; @$(PY) runtime.testing lint
bench:      ; @$(PY) runtime.testing bench

.PHONY: run stop clean setup test test-unit test-addon test-e2e lint bench
