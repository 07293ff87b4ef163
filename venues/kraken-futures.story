# Kraken Futures: the book, assignment to volunteers, a liquidity pool, then unwind against the queue.
# Source: support.kraken.com 360022835671 "Equity Protection Process" (version of 17 March 2026 among others), article
#   "Liquidity Pool for Derivatives", blog.kraken.com "Announcing Kraken's liquidity pool for futures",
#   docs.kraken.com/exchange/guides/futures/assignment-program and get-position-percentile-of-unwind-queue; read in
#   November 2026.
# Assignment: the story's desks are the volunteers of the position assignment system. The guide says 0.75 to 2.5% better
#   than mark, which the pool provides where zero equity does not; when the pool has nothing they bear what lots lack.
# Pool: the fund covers shortfalls before an unwind: what a liquidation fills worse than zero equity (`order-gap`), then
#   gaps.
# Unwind: by a queue of which each position sees its percentile.
# Not modelled: assignment before the book is asked at the pool's expense (here one order does both); the volunteers'
#   profit; that volunteers bear only their own lots of a loss of which others are unwound; the bands of partial
#   liquidation (since 26 March 2026); single-collateral contracts, which have no pool.
# Ours, where the venue is silent: its queue has no published score (that of BitMEX is assumed), its unwind no published
#   price (zero equity is assumed, since no account ends below zero); how far the pool goes (2.5%, the most it gives to a
#   volunteer); what exceeds the profit of the unwound stays open as carryover.
asset   USDC decimals 6
pool    main asset USDC
  order-life 60s  order-gap 0.025
  quantity  book | backstop | adl score pnl-x-leverage allocate queue
  money     fund | shared-fund | backstop | deleveraged price zero cap profit allocate capped-pro-rata | carryover
