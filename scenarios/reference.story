# The reference book of the stress laboratory: eight markets, 2.2 billion USD a side, 100,000 traders, Breakwater's default rules and a
# fund of 50 million. Prices stand still: `breakwater stress`, `fund` and `exposure` draw what may come. Every figure is an assumption:
# reference/README.md.
title    The reference book: eight markets, 2.2 billion a side
generate reference/markets.csv accounts 100000 seed 1
asset   USDC decimals 6
pool    main asset USDC
  order-life 5s  buffer 0.1
  quantity  book | adl score hedge-aware allocate queue
  money     fund | shared-fund | capital
            | deleveraged price zero cap profit allocate capped-pro-rata
            | haircut base positive-upnl scope market allocate capped-pro-rata fraction 0.5
            | haircut base positive-upnl scope pool allocate capped-pro-rata fraction 0.5 | carryover
  carryover-share 1  refund-share 0.5
fund     main deposit 50000000
account  maker-a pool main market-maker
deposit  maker-a 20000000000 USDC
account  maker-b pool main market-maker
deposit  maker-b 20000000000 USDC
account  maker-c pool main market-maker
deposit  maker-c 20000000000 USDC
account  maker-d pool main market-maker
deposit  maker-d 20000000000 USDC
at 2026-01-05T00:00:00Z
path     reference/prices.csv from 2026-01-05T00:00:00Z to 2026-01-06T00:00:00Z batch 60s every 1
