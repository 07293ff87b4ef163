# Binance Futures: the fund takes over bankrupt positions; what it cannot accept is closed against the queue of winners.
# Source: Binance support 360033525471 (ADL: the score below, bankruptcy price, no fee) and 360033525371 (insurance
#   funds; texts of 2019, 29 May 2024 and 6 May 2025), read in November 2026; score's formula also dev.binance.vision
#   17801. Liquidation fee up to 0.5% of accounts that are not bankrupt: binanceapitest.github.io "Insurance Fund", 2019.
# Score (`binance`): max(0, u) / wallet balance x MM / (balance + u), all of the account, not of the position.
# Fund: buckets and shared part are its funds per group of contracts. The story's desks stand for the positions a fund
#   holds: they take at mark, the fund pays the gap first, the desks only what the fund does not have.
# Price: the bankruptcy price of the liquidated order, so the deleveraged bear what the fund does not.
# Not modelled: the fund's largest net position (100% of the fund; 20% and a stop for 8 hours after a fall of 7.5% in
#   the text of 2019), in place of which the desks' limits stand; deleveraged who bear their gap although the fund still
#   has money; fees by contract of later years; cancelling of open orders; the promise of 2021 of no ADL on three
#   perpetuals.
# Ours, where the venue is silent: what exceeds the profit of the deleveraged stays open as carryover.
asset   USDC decimals 6
pool    main asset USDC
  order-life 60s  liquidation-fee 0.005
  quantity  book | backstop | adl score binance allocate queue
  money     fund | shared-fund | backstop | deleveraged price zero cap profit allocate capped-pro-rata | carryover
