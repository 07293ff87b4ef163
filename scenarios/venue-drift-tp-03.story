# The end price is the target where users hold nothing net, or can be paid: then less a tick if they are net long. (R19)
# Case: drift-tp-03-balanced-and-solvent
# Source: drift-labs/protocol-v2, programs/drift/src/math/amm/tests.rs,
#   calculate_expiry_price_test / calculate_expiry_price_long_imbalance_with_loss_test
# FLAT: long and short 3 at 34: net nothing, the target of 34, whether or not there is money besides (RICH has 111.11111).
# LOSS: the case's users are net 12.295081967 long for 387,377.049176; taken 61 times, 750 for 23,630,000: they could be
# paid 31,506.67, more than the target of 22,050, so 22,049.999999. With an excess of 61 x 111.11111 it is the same (MORE).
asset   USD decimals 6
pool    flat asset USD quantity adl money fund | carryover
pool    rich asset USD quantity adl money fund | carryover
pool    loss asset USD quantity adl money fund | carryover
pool    more asset USD quantity adl money fund | carryover
market  FLAT pool flat tick 0.000001 lot 1 price-max 1000 open-interest-max 1000 brackets 0:0:0
market  RICH pool rich tick 0.000001 lot 1 price-max 1000 open-interest-max 1000 brackets 0:0:0
market  LOSS pool loss tick 0.000001 lot 1 price-max 100000 open-interest-max 10000 brackets 0:0:0
market  MORE pool more tick 0.000001 lot 1 price-max 100000 open-interest-max 10000 brackets 0:0:0
account amm-flat pool flat
account amm-rich pool rich
account amm-loss pool loss
account amm-more pool more
desk    amm-flat
desk    amm-rich
desk    amm-loss
desk    amm-more
account long-flat pool flat
account short-flat pool flat
account long-rich pool rich
account short-rich pool rich
account user-loss pool loss
account user-more pool more
deposit amm-rich 111.11111 USD
deposit amm-more 6777.77771 USD
deposit user-loss 10000000 USD
deposit user-more 10000000 USD
mark    FLAT 34 RICH 34 LOSS 31508 MORE 31508
trade   FLAT buy long-flat sell short-flat 3 @ 34 | RICH buy long-rich sell short-rich 3 @ 34
trade   LOSS buy user-loss sell amm-loss 250 @ 31508 | MORE buy user-more sell amm-more 250 @ 31508
mark    LOSS 31506 MORE 31506
trade   LOSS buy user-loss sell amm-loss 500 @ 31506 | MORE buy user-more sell amm-more 500 @ 31506
expect  cost user-loss LOSS 23630000
expire  FLAT 34 terminal
expect  mark FLAT 34
expire  RICH 34 terminal
expect  mark RICH 34
expect  balance amm-rich 111.11111
expire  LOSS 22050 terminal
expect  mark LOSS 22049.999999
expect  balance user-loss 2907499.99925
expect  gap 0
expire  MORE 22050 terminal
expect  mark MORE 22049.999999
expect  balance user-more 2907499.99925
expect  gap 0
