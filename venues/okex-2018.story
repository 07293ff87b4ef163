# OKEx in 2018: no deleveraging; what the fund lacks at the end of the week is taken from that week's profits, pro rata.
# Source: OKEx support 115001762991 (settlement Friday 16:00 UTC+8; clawback rate = max(0, losses of margin calls -
#   fund) / net profit of all profitable accounts, futures of all three tenors together); the event of 31 July 2018 (1,200
#   BTC, rate 17 to 18%): omgaltcoin.com, cryptovest, movingwatertrading.com, ambcrypto of August 2018. The first and the
#   last two were read again in November 2026.
# The week ends with the day: `settle` after the last price.
# Not modelled: one fund per coin.
# Ours, where the venue is silent: the engine must end a bankrupt position at once, so what the book does not take is
#   closed at mark, where the venue's liquidation order stood in the book till settlement.
asset   USDC decimals 6
pool    main asset USDC
  order-life 60s  profit settlement
  quantity  book | adl score size allocate pro-rata
  money     fund | shared-fund | carryover
settle  main
