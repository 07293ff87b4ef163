# 13 March 2020, 02:00 to 03:30 UTC: a minute after the lowest price of the crash the venue is away for 24 minutes. No price, no order, no
# liquidation; then it is back with a price a third higher. Prices and what is published: 2020-03-13-outage/README.md. Every number that is
# not there is an assumption, as explained there.
title    An outage: BitMEX on 13 March 2020, 02:16 to 02:40
notes    2020-03-13-outage/notes.txt

generate 2020-03-13-outage/markets.csv accounts 100000 seed 1

at 2020-03-13T01:50:00Z
asset    USD decimals 6
# As in 2020-03-12.story.
pool     main asset USD
  order-life 2h
  quantity  book sync | adl score pnl-x-leverage allocate queue
  money     fund | shared-fund | deleveraged price zero cap profit allocate capped-pro-rata | carryover
# 10 million, so that the rules have something to do: BitMEX had some 33,000 BTC.
fund     main deposit 10000000

account  maker-a pool main market-maker
deposit  maker-a 300000000 USD
account  maker-b pool main market-maker
deposit  maker-b 300000000 USD

liquidity all mark-share 0.3
liquidity BTC depth 13000000 volume 10000000000 volatility 0.05 thin-floor 0.2
liquidity ETH depth 1300000 volume 1000000000 volatility 0.06 thin-floor 0.2

path     2020-03-13-outage/prices.csv from 2020-03-13T02:00:00Z to 2020-03-13T03:30:00Z batch 5s every 1
  outage from 2020-03-13T02:16:00Z for 24m
