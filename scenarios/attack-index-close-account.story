# Attack: close an account whose last unit an index has taken and that nobody has touched, so that its claim is nobody's. (R15, R17)
# At 78 alice lacks 17 of the 42.000002 on balances: eve's two units owe 0.809523 of one, nothing in whole units. She withdraws one; the
# other counts for 1 / (1 - 0.404761) = 1.68, floored 1. At 58 fay lacks 16, of bob's 45 that count for 75.6, and so 0.211639 a unit
# of what counts: 1.021163 together, and eve's last unit is owed. Nobody has touched her; her account is not empty, since it will have a
# claim of 0.000001, as it has once she is touched.
asset   USDC decimals 6
pool    main asset USDC
  quantity  adl score pnl allocate queue
  money     haircut base balance scope pool apply index | carryover
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
deposit alice 5 USDC
deposit bob 20 USDC
deposit eve 0.000002 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 1 @ 100.0
mark    BTC-PERP 78.0
expect  gap 17
expect  balance eve 0.000002
withdraw eve 0.000001 USDC
deposit fay 4 USDC
trade   BTC-PERP buy fay sell bob 1 @ 78.0
mark    BTC-PERP 58.0
expect  gap 16
expect  balance eve 0
flags   eve closed refused not_empty
touch   main
expect  claim eve 0.000001
flags   eve closed refused not_empty
