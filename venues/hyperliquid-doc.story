# Hyperliquid as documented: the book, a backstop vault, then ADL by (mark / entry) x (notional / account value), at the mark
# before.
# Source: hyperliquid.gitbook.io, "Auto-deleveraging" and "Liquidations", as read in 2025: positions over 100k USDC are sold
#   a fifth at a time with 30 s between; below 2/3 of maintenance margin the backstop takes over; "users without open
#   positions are never socialised"; price "previous mark".
# Money: the vault bears what it took; then the deleveraged, at most back to the mark before.
# Not modelled: the two thirds of maintenance margin (here the book is asked until the account is bankrupt or the order has
#   ended); isolated vaults per event; markets without a backstop (HIP-3).
# Ours, where the venue is silent: a rest stays open as carryover.
asset   USDC decimals 6
pool    main asset USDC
  order-life 30s  slice 0.2  slice-over 100000
  quantity  book | backstop | adl score hyperliquid-doc allocate queue
  money     backstop | deleveraged price previous-mark cap profit allocate capped-pro-rata | fund | shared-fund | carryover
