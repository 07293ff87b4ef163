# Limits on the position of an account and on the open interest of a market. (R4a)
# Two BTC per account, three in the market. Alice and bob stand at 2 and -2; carol and dan may add 1, then the market is
# full. A trade that only passes lots on (alice to carol) adds no open interest and is accepted.
asset   USDC decimals 6
pool    main asset USDC
market  BTC-PERP pool main tick 0.1 lot 0.001 position-max 2 open-interest-max 3 brackets 0:0.05:0.025
deposit alice 100 USDC
deposit bob 100 USDC
deposit carol 100 USDC
deposit dan 100 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 2 @ 100.0
trade   BTC-PERP buy alice sell dan 0.001 @ 100.0 refused position_limit
trade   BTC-PERP buy carol sell bob 0.001 @ 100.0 refused position_limit
trade   BTC-PERP buy carol sell dan 1 @ 100.0
expect  open-interest BTC-PERP 3
trade   BTC-PERP buy carol sell dan 0.001 @ 100.0 refused open_interest_limit
trade   BTC-PERP buy carol sell alice 1 @ 100.0
expect  open-interest BTC-PERP 3
expect  size alice BTC-PERP 1
expect  size carol BTC-PERP 2
expect  size bob BTC-PERP -2
expect  size dan BTC-PERP -1
