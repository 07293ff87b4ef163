# A market that only reduces, a market that stands still. (R4a)
# Reduce-only: a trade is accepted only if both sides reduce. Alice to carol would open for carol; alice to bob closes
# both. Halted: nothing trades. Active again: carol buys.
asset   USDC decimals 6
pool    main asset USDC
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
deposit alice 100 USDC
deposit bob 100 USDC
deposit carol 100 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 1 @ 100.0
status  BTC-PERP reduce-only
expect  status BTC-PERP reduce-only
trade   BTC-PERP buy carol sell alice 0.5 @ 100.0 refused reduce_only
trade   BTC-PERP buy alice sell bob 0.5 @ 100.0 refused reduce_only
trade   BTC-PERP buy bob sell alice 0.5 @ 100.0
expect  size alice BTC-PERP 0.5
status  BTC-PERP halted
trade   BTC-PERP buy bob sell alice 0.5 @ 100.0 refused market_closed
status  BTC-PERP active
trade   BTC-PERP buy carol sell alice 0.5 @ 100.0
expect  size alice BTC-PERP 0
expect  size carol BTC-PERP 0.5
expect  size bob BTC-PERP -0.5
expect  status BTC-PERP active
