# A market ends at the price that can be paid: the users are net long, and their counterparty is a desk without money. (R19)
# Case: drift-tp-01-net-long-short-of-money
# Source: drift-labs/protocol-v2, programs/drift/src/math/amm/tests.rs, calculate_expiry_price_long_imbalance_test
# Its net 12.295081967 long for 207,377.049176 taken 61 times: 750 long for 12,650,000. The desk has nothing else:
# 12,650,000 / 750 = 16,866.666666, less one tick. The excess of the second and third pool, 61 x 111.11111 and 61 x
# 1,111.11111, is the desk's deposit and the fund: (12,650,000 + 6,777.77771) / 750 = 16,875.703703 and 16,957.037036, less
# a tick. In the fourth there is more than enough: the target, less a tick.
asset   USD decimals 6
pool    one asset USD
  quantity  adl
  money     fund | carryover
pool    two asset USD quantity adl money fund | carryover
pool    three asset USD quantity adl money fund | carryover
pool    four asset USD quantity adl money fund | carryover
market  A pool one tick 0.000001 lot 1 price-max 100000 open-interest-max 10000 brackets 0:0:0
market  B pool two tick 0.000001 lot 1 price-max 100000 open-interest-max 10000 brackets 0:0:0
market  C pool three tick 0.000001 lot 1 price-max 100000 open-interest-max 10000 brackets 0:0:0
market  D pool four tick 0.000001 lot 1 price-max 100000 open-interest-max 10000 brackets 0:0:0
account amm1 pool one
account amm2 pool two
account amm3 pool three
account amm4 pool four
desk    amm1
desk    amm2
desk    amm3
desk    amm4
account user1 pool one
account user2 pool two
account user3 pool three
account user4 pool four
deposit user1 1000 USD
deposit user2 1000 USD
deposit user3 1000 USD
deposit user4 1000 USD
deposit amm2 6777.77771 USD
fund    three deposit 67777.77771
deposit amm4 100000000 USD
mark    A 16868 B 16868 C 16868 D 16868
trade   A buy user1 sell amm1 250 @ 16868 | B buy user2 sell amm2 250 @ 16868 | C buy user3 sell amm3 250 @ 16868
  | D buy user4 sell amm4 250 @ 16868
mark    A 16866 B 16866 C 16866 D 16866
trade   A buy user1 sell amm1 500 @ 16866 | B buy user2 sell amm2 500 @ 16866 | C buy user3 sell amm3 500 @ 16866
  | D buy user4 sell amm4 500 @ 16866
expire  A 22050 terminal
expect  mark A 16866.666665
expect  balance user1 999.99875
expect  balance amm1 0.00125
expect  gap 0
expire  B 22050 terminal
expect  mark B 16875.703702
expect  balance user2 7777.7765
expect  balance amm2 0.00121
expire  C 22050 terminal
expect  mark C 16957.037035
expect  balance user3 68777.77625
expect  fund three 0.00146
expect  balance amm3 0
expect  fund paid three 67777.77625
expire  D 22050 terminal
expect  mark D 22049.999999
expect  balance user4 3888499.99925
expect  status A resolved
