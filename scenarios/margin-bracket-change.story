# Higher margin rates judge the market's accounts at once; rates that make no sense are refused. (R6, R7, R11)
# Alice holds 1.5 at 100 with 10: at 2.5% she needs 3.75. At 8% she needs 12, more than her 10: unhealthy without any
# move of the price. She is closed until 10 covers 10% initial margin: 1.0 BTC stays, 0.5 goes at mark, so nobody's
# equity moves. Bob's 50 covers his side either way.
asset   USDC decimals 6
pool    main asset USDC
  quantity  adl score pnl-x-leverage allocate queue
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
deposit alice 10 USDC
deposit bob 50 USDC
deposit eva 5 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 1.5 @ 100.0
expect  mm alice 3.75
brackets BTC-PERP 0:0.02:0.03 refused bad_brackets
brackets BTC-PERP 0:0.05:0.025 1000:0.04:0.02 refused bad_brackets
expect  mm alice 3.75
brackets BTC-PERP 0:0.10:0.08
expect  size alice BTC-PERP 1
expect  size bob BTC-PERP -1
expect  closed alice BTC-PERP 0.5
expect  equity alice 10
expect  im alice 10
expect  mm alice 8
expect  equity bob 50
expect  gap 0
expect  equity eva 5
