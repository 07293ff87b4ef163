# The end price of a market whose users are net short or hold nothing net; markets of which a desk has no part. (R19)
# Case: drift-tp-05-settle-all
# Source: drift-labs/protocol-v2, programs/drift/src/controller/pnl/delisting.rs,
#   delist_market_with_1000_balance_shorts_owe_longs_0
# A short of 1,000 sold at 20, a long of 2,000 bought at 20.0005, a claimant who has taken 2 and gone, 1,000 to pay with:
# (1,000 + 20,001 - 2) / 1,000 = 20.999, less one tick, instead of 99. What the claimant got is here out of the desk's
# pocket already; the case's fee of 0.1% is not charged here. FLAT: users without net position get the target. UP: users are
# net short 10 from 50 and the desk long has 100 besides: it can lose 10 a lot, so the price cannot fall below 40: (100 -
# 500) / -10 = 40, plus one tick, instead of 5.
asset   USD decimals 6
pool    one asset USD quantity adl money fund | carryover
pool    two asset USD quantity adl money fund | carryover
market  DEL pool one tick 0.000001 lot 1 price-max 1000 open-interest-max 10000 brackets 0:0.01:0.005
market  FLAT pool one tick 0.000001 lot 1 price-max 1000 open-interest-max 10000 brackets 0:0.01:0.005
market  UP pool two tick 0.000001 lot 1 price-max 1000 open-interest-max 10000 brackets 0:0.01:0.005
account amm pool one
account amm2 pool two
desk    amm
desk    amm2
deposit amm 1000 USD
deposit short 200000 USD
deposit long 20000 USD
deposit flat 1000 USD
account short2 pool two
deposit short2 1000 USD
deposit amm2 100 USD
mark    DEL 20 FLAT 34 UP 50
trade   DEL buy amm sell short 1000 @ 20
trade   DEL buy long sell amm 2000 @ 20.0005
trade   DEL buy flat sell amm 1000 @ 20
trade   DEL buy amm sell flat 1000 @ 20.002
trade   FLAT buy long sell short 3 @ 34
trade   UP buy amm2 sell short2 10 @ 50
expect  balance flat 1002
expire  FLAT 34 terminal
expect  mark FLAT 34
expect  balance long 20000
expire  DEL 99 terminal
expect  mark DEL 20.998999
expect  balance short 199001.001
expect  balance long 21996.998
expect  balance flat 1002
expect  balance amm 0.001
expect  gap 0
resolve UP 5 terminal
expect  mark UP 40.000001
expect  balance short2 1099.99999
expect  balance amm2 0.00001
expect  gap 0
# an inverse market has no such price
asset   BTC decimals 8
pool    coin asset BTC
market  INV pool coin inverse tick 0.5 lot 100 brackets 0:0.02:0.01
mark    INV 10000
expire  INV 10000 terminal refused bad_setting
