# 10 October 2025, 21:15 to 21:27 UTC: the largest auto-deleveraging so far, replayed over a generated book of traders.
# Prices and measured figures: 2025-10-10/README.md. Every number below that is not measured is a calibration parameter:
# docs/calibration.md says what was tried, what was chosen, and what still does not fit.
title    The crash of 10 October 2025
notes    2025-10-10/notes.txt

generate 2025-10-10/markets.csv accounts 100000 seed 1

asset    USDC decimals 6
# As the venue does it: liquidations go to the order book; what it leaves, two backstop vaults take over, without a margin
# of their own to stop them; when a vault
# fails, its inventory is closed against the winners (95% of the deleveraged notional was that). Money: the vaults bear
# what they took; then the deleveraged, at most back to the mark before; then everybody in profit.
pool     main asset USDC
  order-life 60s
  quantity  book | backstop | adl score hyperliquid-observed allocate queue
  money     fund | shared-fund | backstop | deleveraged price previous-mark | haircut base positive-upnl | carryover

account  vault-a pool main
deposit  vault-a 12000000 USDC
desk     vault-a share 1 discount 0.05 market-max 2000000000 marginless
account  vault-b pool main
deposit  vault-b 6000000 USDC
desk     vault-b share 1 discount 0.05 market-max 2000000000 marginless

account  maker-a pool main market-maker
deposit  maker-a 500000000 USDC
account  maker-b pool main market-maker
deposit  maker-b 500000000 USDC
account  maker-c pool main market-maker
deposit  maker-c 500000000 USDC
account  maker-d pool main market-maker
deposit  maker-d 500000000 USDC

liquidity all mark-share 0.3

at 2025-10-10T21:14:00Z
path     2025-10-10/prices.csv measured 2025-10-10/measured.csv from 2025-10-10T21:15:00Z to 2025-10-10T21:27:00Z
