# Of a bad debt of twice the event's cap the fund pays half; the rest stays uncovered. (R14, R17)
# Case: perc-fw-03-event-cap
# Source: aeyakovenko/percolator, programs/router/src/state/insurance.rs, test_settle_bad_debt_per_event_cap
# Alice bought 1,000 at 1,100 with 90,000. At 1,000 she lacks 10,000 of a notional of 1,000,000: 0.5% are 5,000. The fund of
# 100,000 pays that and has 95,000; 5,000 are carried over.
asset   USD decimals 0
pool    main asset USD event-cap-share 0.005 window 24h window-cap-share 1
  quantity  adl
  money     fund | carryover
market  PERP pool main tick 1 lot 1 brackets 0:0.05:0.025
fund    main deposit 100000
deposit alice 90000 USD
deposit bob 1000000 USD
mark    PERP 1100
trade   PERP buy alice sell bob 1000 @ 1100
at 2025-01-02T00:16:40Z mark PERP 1000
expect  gap 10000
expect  fund paid 5000
expect  carryover paid 5000
expect  fund main 95000
expect  carryover main 5000
