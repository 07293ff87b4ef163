# What if USDe had stayed at 0.65 for an hour, from 21:45 to 22:44 UTC, in place of minutes? Everything else is that of 2025-10-10-usde.story: book,
# fund, desk, rules. It is a question, not a day: 2025-10-10-usde-hour/README.md.
title    A collateral loses its peg for an hour: USDe at 0.65
notes    2025-10-10-usde-hour/notes.txt

# 8% of the accounts hold USDe worth half of their equity to five times of it; what exceeds their equity is borrowed.
generate 2025-10-10-usde/markets.csv accounts 100000 seed 1 holder-share 0.08 holder-from 0.5 holder-to 5

asset    USDT decimals 6
asset    USDE decimals 6
# A venue with an insurance fund and no backstop for positions: the book, then auto-deleveraging.
pool     main asset USDT
  order-life 60s
  quantity  book | adl score pnl-x-leverage allocate queue
  money     fund | shared-fund | backstop | deleveraged price zero | haircut base positive-upnl | carryover
fund     main deposit 20000000

# The desk takes collateral over at its value less the haircut, and pays the debts with it. It keeps what it has taken.
account  collateral-desk pool main
deposit  collateral-desk 50000000 USDT
desk     collateral-desk share 1 discount 0.05 market-max 1000000000
collateral USDE pool main tick 0.0001 haircut 0.1 price-max 2 amount-max 50000000000

account  maker-a pool main market-maker
deposit  maker-a 1000000000 USDT
account  maker-b pool main market-maker
deposit  maker-b 1000000000 USDT
account  maker-c pool main market-maker
deposit  maker-c 1000000000 USDT
account  maker-d pool main market-maker
deposit  maker-d 1000000000 USDT

liquidity all mark-share 0.3

at 2025-10-10T21:35:00Z
path     2025-10-10-usde-hour/prices.csv from 2025-10-10T21:36:00Z to 2025-10-10T22:46:00Z batch 10s every 1
