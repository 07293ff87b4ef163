# Paradex: the insurance fund is the only liquidator; while it is bankrupt, every withdrawal bears its share.
# Source: docs.paradex.trade/risk/liquidations, /risk/socialized-losses (formulas in /risk-system/socialized-losses) and
#   /trading/dated-options/faq, read in November 2026.
# Liquidation: all positions are reduced by the same share, a multiple of 20%, by trades against the fund, a
#   sub-strategy of the venue's vault: the story's desks. They bear what their lots lack after the fund's own money.
# Loss factor: max(0, bankruptcies - fund) over what the customers claim; a withdrawal of x pays x (1 - factor), who
#   stays pays nothing, and the charge ends when the fund is refilled (`withdrawals rate`, `carryover-share 1`).
# Not modelled: the penalty of 70% of maintenance margin; the same share of every position, down to a margin ratio of
#   90% (here: the largest first, down to initial margin); bankruptcies counted at mark before they are liquidated.
# The page also names a "last resort mechanism" and another "deleveraging" whose texts could not be read: nothing here
#   follows from them.
# Ours, where the venue is silent: what the desks do not take is closed at mark pro rata to size, and nobody is charged
#   for it.
asset   USDC decimals 6
pool    main asset USDC
  withdrawals rate  carryover-share 1
  quantity  backstop | adl score size allocate pro-rata
  money     fund | shared-fund | backstop | carryover
