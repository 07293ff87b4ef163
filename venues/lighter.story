# Lighter: the book, then the liquidity pool (LLP), then ADL, all at the zero price.
# Source: docs.lighter.xyz, "Liquidations & LLP Insurance Fund" and "LLP Strategies"; the published circuits of the
#   ledger, circuit/src/transactions/internal_deleverage.rs and circuit/src/liquidation.rs (copy
#   Layr-Labs/lighter-prover-challenge at 78d2fe5); read in November 2026.
# Zero price: the price at which account value per maintenance margin stays the same (R8); up to 1% of the value of a
#   better fill goes to the fund. The pool is the story's desks: it takes what the book leaves and bears what that lacks.
# ADL (`zero-both`): solvent or bankrupt, the counterparty trades at the closed account's zero price; it needs the
#   opposite side and enough collateral, and no other is asked.
# Not modelled: the pool takes over only below the close-out margin (here: all that the book leaves); LLP strategies,
#   which limit its loss per group of markets (the desks' limits stand for them); partial liquidation ends above
#   maintenance margin (here: at initial margin).
# Ours, where the venue is silent: its circuits prove no rank, its documents, as far as they could be read, give no
#   formula (profit x leverage is assumed); what nobody can take at the zero price is closed at mark and stays open as
#   carryover.
asset   USDC decimals 6
pool    main asset USDC
  order-life 30s  liquidation-fee 0.01
  quantity  book | backstop | adl score pnl-x-leverage allocate queue
  money     backstop | fund | shared-fund | deleveraged price zero-both | carryover
