# The cap of a day is new on the next day. (R14)
# Case: perc-fw-05-daily-reset
# Source: aeyakovenko/percolator, programs/router/src/state/insurance.rs, test_daily_cap_reset
# The fund may pay 3% of its 100,000 a day. Alice bought 1,000 at 1,100 with 98,000 and lacks 2,000 at 1,000; then 1,000 of
# the day's 3,000 are left. Amy does the same and lacks 2,000 as well, 86,400 s after alice: all of it is paid.
asset   USD decimals 0
pool    main asset USD event-cap-share 0.005 window 24h window-cap-share 0.03
  quantity  adl
  money     fund | carryover
market  PERP pool main tick 1 lot 1 brackets 0:0.05:0.025
fund    main deposit 100000
deposit alice 98000 USD
deposit amy 98000 USD
deposit bob 10000000 USD
mark    PERP 1100
trade   PERP buy alice sell bob 1000 @ 1100
at 2025-01-02T00:16:40Z mark PERP 1000
expect  gap 2000
expect  fund paid 2000
expect  usable 1000
mark    PERP 1100
trade   PERP buy amy sell bob 1000 @ 1100
at 2025-01-03T00:16:40Z mark PERP 1000
expect  gap 2000
expect  fund paid 2000
expect  carryover main 0
expect  fund main 96000
