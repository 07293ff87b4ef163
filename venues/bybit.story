# Bybit: the fund pays; ADL when its drawdown reaches 30% of its 8-hour peak or it is empty.
# Source: Bybit API v5 "Get ADL Alert" (bybit-exchange.github.io/docs/v5/market/adl-alert), read in November 2026:
#   insurancePnlRatio -0.3, adlStopRatio -0.25, only while the balance exceeds adlTriggerThreshold (1 in its examples,
#   10000 in its sample answer); second trigger balance <= 0. Its examples 1 to 3 and the stop at -25%: worked-bybit-1 to
#   -3 in scenarios/. Score "by highest profit and effective leverage": help.bybit.com 900000031623. The help text of 5
#   November 2025 (copy at testnet.bybitx.global) has 100% of the highest balance in place of 30%.
# Price: the deleveraged take over at the price at which the fund pays no more, so they bear what is beyond the trigger.
# Not modelled: funds per group of symbols and drawdown by a symbol's own profit and loss (here: of the whole fund); a
#   symbol that is moved to a fund of its own (third trigger); maker and taker fees of ADL.
# Ours, where the venue is silent: no formula of the score is published, that of BitMEX is assumed; what exceeds the
#   profit of the deleveraged stays open as carryover.
asset   USDC decimals 6
pool    main asset USDC
  order-life 60s
  quantity  book | adl score pnl-x-leverage allocate queue
  money     fund | shared-fund | deleveraged price zero cap profit allocate capped-pro-rata | carryover
  drawdown-min 1  drawdown-set 0.3  drawdown-clear 0.25  window 8h
