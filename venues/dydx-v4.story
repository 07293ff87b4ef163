# dYdX v4: liquidations go to the book, and a fill may cost the fund what the fund has whole; negative accounts that
# find no fill are closed against whoever holds the other side, from a random place on, at their bankruptcy price.
# Source: dydxprotocol/v4-chain 84d4664 (4 March 2026): protocol/x/clob/keeper/liquidations.go (bankruptcy price by
#   share of maintenance margin, fee of 0.5% out of what is left, IsValidInsuranceFundDelta), deleveraging.go
#   (pseudo-random start, whole positions, a counterparty whose margin forbids it is skipped), liquidations_config
#   (whole positions by default).
# Set so: a list of offers against the fund (book sync), each of which it pays whole or not at all; only a negative
#   account goes on to others, with the next marks at the latest; attribution by margin, fee out of surplus,
#   visit-order from a mixed start, price zero-both; positions close whole (full-close-under above every notional).
# Not modelled: the limit of an order, between oracle and bankruptcy price; funds of isolated markets (here: the
#   story's fund); at most 500 accounts looked at and 10 attempts a block; the limits per block and account (their
#   defaults are no limits); withdrawals that stop for 50 blocks once a negative account is seen (here: gated while a
#   loss is open); final settlement of a market. The story's desks take nothing.
# Ours, where the venue leaves a negative account open till the next block: what nobody may take at the bankruptcy
#   price is closed at mark and its gap stays open as carryover.
asset   USDC decimals 6
pool    main asset USDC
  full-close-under 1000000000000  liquidation-fee 0.005
  attribution mm  all-or-nothing on  sync-adl when-bankrupt
  quantity  book sync | adl score visit-order allocate queue start mix
  money     fund | deleveraged price zero-both | carryover
