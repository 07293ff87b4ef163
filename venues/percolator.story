# Percolator: profit is junior until it has matured; a loss cuts all profit that has not, in proportion (each keeps
# the share h of it), then the fund pays, and what is still uncovered is taken from later profits. Deposits and
# matured profit are whole.
# Source: aeyakovenko/percolator in its engine of December 2025 to February 2026 (history in dcccrypto/percolator
#   d835ace, src/percolator.rs and tests/unit_tests.rs: haircut of unmatured profit by largest remainder, fund down to
#   floor and reserve, recovery without topping up the fund); positions leave at the oracle's price and shrink the
#   other side in proportion (tests/adl_effective_rounding_449.rs 6cf5093). Educational, unaudited.
# Set so: settle-on mark, since every profit is booked at the mark; profit aging over 40 s (100 slots, as its tests
#   have it); clawback of locked profit for what stayed uncovered; ADL pro rata to size for the factor that scales a
#   side.
# Not modelled: the version after it (April 2026), where the fund pays first, then the opposing side by index, and h
#   cuts what is converted; warmup that pauses, slopes by size of the profit; fund floor and reserve of a deployment.
#   There is no book.
# Ours, where the venue is silent: profit of the mark that made the loss is not locked yet and pays with the next one.
asset   USDC decimals 6
pool    main asset USDC
  settle-on mark  profit aging  profit-age 40s  clawback base locked-profit
  quantity  adl score size allocate pro-rata
  money     haircut base locked-profit scope pool allocate capped-pro-rata | fund | carryover
