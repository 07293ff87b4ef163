# The fund pays a bad debt that is within the cap of the event and of the day. (R14)
# Case: perc-fw-01-full
# Source: aeyakovenko/percolator, programs/router/src/state/insurance.rs, test_settle_bad_debt_full_coverage
# Caps: 0.5% of the event's notional, 100% of the fund a day. Alice bought 1,000 at 1,100 with 95,000. At 1,000 the notional
# is 1,000,000, its 0.5% are 5,000, and she lacks 100,000 - 95,000 = 5,000: the fund of 10,000 pays all of it and has 5,000.
# The fund came the day before: the day's cap is of what was there when it began.
asset   USD decimals 0
pool    main asset USD event-cap-share 0.005 window 24h window-cap-share 1
  quantity  adl
  money     fund | carryover
market  PERP pool main tick 1 lot 1 brackets 0:0.05:0.025
fund    main deposit 10000
deposit alice 95000 USD
deposit bob 1000000 USD
mark    PERP 1100
trade   PERP buy alice sell bob 1000 @ 1100
at 2025-01-02T00:16:40Z mark PERP 1000
expect  gap 5000
expect  fund paid 5000
expect  carryover paid 0
expect  fund main 5000
