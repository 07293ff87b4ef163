# OKX: the fund pays until it falls by 30% of its peak within 8 hours, then liquidations go straight to winners at mark.
# Source: OKX "Introduction to auto-deleveraging (ADL)" (16 December 2020, updated 4 April 2024 and 6 March 2025),
#   okx.com/help/iv-introduction-to-auto-deleveraging-adl; "early liquidation" (copy at ouchyi.rocks): a fall of 30% from
#   the peak within 8 hours, match at the mark price, no socialisation of losses after ADL; both read in November 2026, the first
#   in its first part.
# Score: return over margin ratio, that is PnL% x leverage of the account.
# Not modelled: a fund per business line, underlying and currency (here: the story's fund); orders that stop while the
#   trigger is set (here the book is still asked first); the other text of the same trigger (copy at ukcamo.com/4352): 30%
#   below the average of 8 hours or 50,000 USD, whichever is higher; a trigger by orders that found no match.
# Ours, where the venue is silent: closing at mark leaves the gap of a bankrupt account; what the fund does not pay of
#   it stays open as carryover, and later inflows of the fund pay it. The venue says only that nobody else does. The trigger clears at
#   25%, as Bybit's.
asset   USDC decimals 6
pool    main asset USDC
  order-life 60s
  quantity  book | adl score pnl-x-leverage allocate queue
  money     fund | shared-fund | deleveraged price mark | carryover
  drawdown-set 0.3  drawdown-clear 0.25  window 8h
