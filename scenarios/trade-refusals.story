# What a trade is refused for, and that a refusal changes nothing. (R4a, R22)
# Alice's 10 carry a notional of 200 at 5%. At 97.5 she has 10 - 5 = 5: above maintenance (4.875), below initial (9.75).
# She may no longer add, but she may reduce if that does not worsen her: selling 0.5 at 92 would leave 2.25 for 1.5 BTC
# (2.25 x 4.875 < 5 x 3.65625), refused; at 97.0 it leaves 4.75 (4.75 x 4.875 >= 5 x 3.65625), accepted.
asset   USDC decimals 6
pool    main asset USDC
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
market  ETH-PERP pool main tick 0.1 lot 0.001
deposit alice 10 USDC
deposit bob 100 USDC
trade   BTC-PERP buy alice sell bob 1 @ 100.0 refused no_price
mark    BTC-PERP 100.0 ETH-PERP 10.0
trade   BTC-PERP buy alice sell alice 1 @ 100.0 refused self_trade
trade   BTC-PERP buy alice sell bob 2.001 @ 100.0 refused initial_margin
trade   BTC-PERP buy alice sell bob 2 @ 100.0
expect  im alice 10
mark    BTC-PERP 97.5
expect  equity alice 5
expect  mm alice 4.875
expect  state alice healthy
trade   BTC-PERP buy alice sell bob 0.1 @ 97.5 refused initial_margin
trade   BTC-PERP buy bob sell alice 0.5 @ 92.0 refused initial_margin
expect  size alice BTC-PERP 2
expect  equity alice 5
trade   BTC-PERP buy bob sell alice 0.5 @ 97.0
expect  size alice BTC-PERP 1.5
expect  equity alice 4.75
expect  size bob BTC-PERP -1.5
expect  equity bob 105.25
