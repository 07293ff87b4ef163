# 26 March 2025, 13:03 to 15:23 UTC: one short of 398 million JELLY whose owner has taken his margin out, and a price that rises to
# four times. One market; the others stand still. Prices and the known accounts: 2025-03-26-jelly/README.md. Every number below is
# an assumption, as explained there.
title    A single-market squeeze: JELLY on 26 March 2025
notes    2025-03-26-jelly/notes.txt

generate 2025-03-26-jelly/markets.csv known 2025-03-26-jelly/known.csv accounts 100000 seed 1

asset    USDC decimals 6
# The venue as it announced to be after that day: a liquidator vault with a strict cap, 1% of the 240 million it could draw on
# then, and auto-deleveraging when the vault has lost it. The fund is ours.
pool     main asset USDC
  order-life 60s
  quantity  book | backstop | adl score hyperliquid-observed allocate queue
  money     fund | shared-fund | backstop | deleveraged price previous-mark | haircut base positive-upnl | carryover
fund     main deposit 100000

account  vault pool main
deposit  vault 2400000 USDC
desk     vault share 1 discount 0.05 market-max 2000000000 marginless

account  maker-a pool main market-maker
deposit  maker-a 20000000 USDC
account  maker-b pool main market-maker
deposit  maker-b 20000000 USDC

# What one coin of 10 million USD has in its book.
liquidity all mark-share 0.3
liquidity JELLY depth 20000 volume 5000000

at 2025-03-26T13:02:00Z
path     2025-03-26-jelly/prices.csv from 2025-03-26T13:03:00Z to 2025-03-26T15:23:00Z batch 15s every 1
