# Deribit: no ADL; what the fund lacks is socialised among the day's winners.
# Source: Deribit support 25944777576477, deribit.com/docs/insurance and insights.deribit.com "The Deribit insurance
#   fund and socialised loss system", read in November 2026: liquidation in increments, bankruptcies beyond the fund are
#   socialised among the winners of that day; to date there was none.
# The session ends with the day: `settle` after the last price takes what is open from the session's gains, pro rata
#   (R19).
# Not modelled: one fund per coin; portfolio margin; the extra fee of liquidations, which feeds the fund every hour.
# Ours, where the venue is silent: the share of each is pro rata to his gains; increments of a fifth. The engine ends a
#   bankrupt position at once, so what the book does not take is closed at mark pro rata to size, where the venue's order
#   would wait.
asset   USDC decimals 6
pool    main asset USDC
  order-life 60s  slice 0.2  profit settlement
  quantity  book | adl score size allocate pro-rata
  money     fund | shared-fund | carryover
settle  main
