# BitMEX: what the order book leaves at the bankruptcy price is closed against the queue of winners, at that price.
# Source: BitMEX "Auto Deleveraging" and its examples (six accounts: worked-bitmex-queue in scenarios/), read in
#   November 2026: bitmex.com/app/autoDeleveraging, testnet.bitmex.com autoDeleveragingExamples, support.bitmex.com
#   18589621443357.
# Score: PnL% x effective leverage in profit, PnL% / leverage in loss; the whole position of the first, then of the
#   next.
# Price: the bankruptcy price of the liquidated order, so the deleveraged bear what the fund does not.
# Not modelled: one fund per contract group (here: buckets and shared part of the story's fund); the cancelling of
#   working orders of a deleveraged account; the liquidation engine's own inventory.
# Ours, where the venue is silent: what exceeds the profit of the deleveraged stays open as carryover.
asset   USDC decimals 6
pool    main asset USDC
  order-life 60s
  quantity  book | adl score pnl-x-leverage allocate queue
  money     fund | shared-fund | deleveraged price zero cap profit allocate capped-pro-rata | carryover
