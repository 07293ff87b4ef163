# Several trades in one command: each is judged by itself, in order. (R4a, R22)
# Alice's 10 carry 200 of notional. The first trade takes 100 of it, the second would take 150 and is refused, the third
# fits; the refused one changes nothing for bob or carol.
asset   USDC decimals 6
pool    main asset USDC
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
deposit alice 10 USDC
deposit bob 100 USDC
deposit carol 100 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 1 @ 100.0
  | BTC-PERP buy alice sell carol 1.5 @ 100.0 refused initial_margin
  | BTC-PERP buy alice sell carol 1 @ 100.0
expect  size alice BTC-PERP 2
expect  size bob BTC-PERP -1
expect  size carol BTC-PERP -1
expect  equity alice 10
expect  equity carol 100
