# 12 and 13 March 2020, 10:00 to 03:30 UTC: BTC falls from 7,355 to 3,782 in sixteen hours, and the largest derivatives venue of the time is
# away for 24 minutes just after the lowest price. Prices and what is published: 2020-03-12/README.md. Every number that is not there is an
# assumption, as explained there.
title    March 2020: BTC halves in sixteen hours
notes    2020-03-12/notes.txt

generate 2020-03-12/markets.csv accounts 100000 seed 1

at 2020-03-12T09:50:00Z
asset    USD decimals 6
# BitMEX: the liquidation engine sells below the bankruptcy price too, and the fund pays what is missing; only what finds no buyer at all is
# deleveraged, at the bankruptcy price. Here lots wait up to two hours for buyers (book sync).
pool     main asset USD
  order-life 2h
  quantity  book sync | adl score pnl-x-leverage allocate queue
  money     fund | shared-fund | deleveraged price zero cap profit allocate capped-pro-rata | carryover
# 35,500 BTC at 7,355.
fund     main deposit 261000000

account  maker-a pool main market-maker
deposit  maker-a 300000000 USD
account  maker-b pool main market-maker
deposit  maker-b 300000000 USD
account  maker-c pool main market-maker
deposit  maker-c 300000000 USD
account  maker-d pool main market-maker
deposit  maker-d 300000000 USD

# Depth: so that at its thinnest 20 million of bids stand within 20%, as was seen. Volume: a record day of this venue alone.
liquidity all mark-share 0.3
liquidity BTC depth 13000000 volume 10000000000 volatility 0.05 thin-floor 0.2
liquidity ETH depth 1300000 volume 1000000000 volatility 0.06 thin-floor 0.2

path     2020-03-12/prices.csv from 2020-03-12T10:00:00Z to 2020-03-13T03:30:00Z batch 30s every 1
  outage from 2020-03-13T02:16:00Z for 24m
