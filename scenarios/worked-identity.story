# The worked example of the identity: balances less costs is what came in, whatever is unrealised. (R2, R4)
# Anna, ben and cleo bring 50 each. Ben sells 1 to anna at 100; at 80 anna sells it to cleo. Anna has lost 20; ben's cost is
# -100, cleo's 80. Balances 30 + 50 + 50 = 130; costs -20; 130 - (-20) = 150. Ben's gain of 20 is in no balance yet.
asset   USDC decimals 6
pool    main asset USDC
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
deposit anna 50 USDC
deposit ben 50 USDC
deposit cleo 50 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy anna sell ben 1 @ 100.0
mark    BTC-PERP 80.0
trade   BTC-PERP buy cleo sell anna 1 @ 80.0
expect  balance anna 30
expect  balance ben 50
expect  balance cleo 50
expect  cost ben BTC-PERP -100
expect  cost cleo BTC-PERP 80
expect  size anna BTC-PERP 0
expect  upnl ben 20
expect  upnl cleo 0
expect  dust 0
show    account ben
show    position cleo BTC-PERP
