# Deribit: no ADL; what the fund lacks is socialised among the day's winners.
# Source: Deribit support 25944777576477 and deribit.com/docs/insurance, insights.deribit.com, as read in 2025: liquidation
#   in increments, bankruptcies beyond the fund are shared by the session's profits; "has never occurred".
# The session ends with the day: `settle` after the last price takes what is open from the session's gains, pro rata (R19).
# Not modelled: one fund per coin; portfolio margin. The engine ends a bankrupt position at once, so what the book does not
#   take is closed at mark pro rata to size, where the venue's order would wait.
asset   USDC decimals 6
pool    main asset USDC
  order-life 60s  slice 0.2  profit settlement
  quantity  book | adl score size allocate pro-rata
  money     fund | shared-fund | carryover
settle  main
