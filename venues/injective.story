# Injective: the market's insurance fund; then the market ends, its profits, then its payouts, cut pro rata.
# Source: github.com/InjectiveFoundation/injective-core, injective-chain/modules/exchange/keeper:
#   derivative_liquidations.go (`handleNegativeLiquidationPayout`, `handlePositiveLiquidationPayout`),
#   markets_settlement.go (`executeSocializedLoss`), read at commit 151e3f0 in November 2026; c7b042e of December 2025 has
#   the same order.
# Liquidation: the whole position; what is left goes to the fund (95%, and 5% to the liquidator), nothing to the
#   account.
# Loss: fund of the market; then every profit of the market, long or short, x (1 - deficit / profits); then every payout
#   that is left, x (1 - rest / payouts): the haircut by size with `min-max` shares in proportion to what each holder has.
# Not modelled: the market's end with all its positions (see `resolve`); margin per position (here: per account, so a
#   payout is the account's equity); the liquidator's 5%; deficits of accounts that nobody liquidated before the end;
#   offsets that the administrator orders.
# Ours, where the venue forgives: a loss beyond all payouts stays open as carryover.
asset   USDC decimals 6
pool    main asset USDC
  order-life 60s  full-close-under 1000000000  liquidation-fee 0.999999
  quantity  book | adl score size allocate pro-rata
  money     fund
            | haircut base positive-upnl scope market side both allocate capped-pro-rata
            | haircut base size scope market side both allocate min-max | carryover
