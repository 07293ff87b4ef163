# Hyperliquid as documented: the book, a backstop vault, then ADL by (mark / entry) x (notional / account value).
# Source: hyperliquid.gitbook.io, "Auto-deleveraging" (the index above, the mark before, nobody without open positions
#   is socialised), read in November 2026; "Liquidations" in the copy at hyperliquid-co.gitbook.io/wiki and the
#   announcement of partial liquidations: of positions over 100k USDC first a fifth is sold, then, for 30 s, whole
#   positions; below 2/3 of maintenance margin the backstop takes over.
# Money: the vault bears what it took; then the deleveraged, at most back to the mark before.
# Not modelled: the two thirds of maintenance margin (here the book is asked until the account is bankrupt or the order
#   has ended); after the first fifth the whole rest (here: a fifth again while the position is over 100k); isolated
#   vaults per event; markets without a backstop (HIP-3).
# Ours, where the venue is silent: a rest stays open as carryover.
asset   USDC decimals 6
pool    main asset USDC
  order-life 30s  slice 0.2  slice-over 100000
  quantity  book | backstop | adl score hyperliquid-doc allocate queue
  money     backstop | deleveraged price previous-mark cap profit allocate capped-pro-rata | fund | shared-fund | carryover
