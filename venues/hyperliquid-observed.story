# Hyperliquid as it ranked on 10 October 2025: by side x (mark / entry - 1) x (notional / account value).
# Source: order of the 34,983 deleveraging fills of that day (scenarios/2025-10-10/README.md); all else as documented,
#   see hyperliquid-doc.story. Prices were one per batch and market; 96% of the notional closed the vaults' own inventory.
# Not modelled: as in hyperliquid-doc.story.
# Ours, where the venue is silent: as in hyperliquid-doc.story.
asset   USDC decimals 6
pool    main asset USDC
  order-life 30s  slice 0.2  slice-over 100000
  quantity  book | backstop | adl score hyperliquid-observed allocate queue
  money     backstop | deleveraged price previous-mark cap profit allocate capped-pro-rata | fund | shared-fund | carryover
