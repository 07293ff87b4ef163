# Two equal legs of one account, one fill bad, one good: the order of the fills does not matter, the fund never pays net. (R9)
# (A bankrupt account gets no orders here, it is closed at mark; so the example is played with a solvent one.) Anna and beth:
# 1 BTC and 1 ETH from 100 each, with 10. At 96: equity 2 against 4.8; zero value 96 - 1 = 95 a leg. Anna's BTC goes at 94: the
# fund pays 1; her ETH at 96.3: of the surplus of 1.3 it gets its 1 back. Beth's ETH goes first (her 2.3 < 2.4 keep the other
# order alive), her BTC's missing 1 comes from her own surplus. Both end with 94 + 96.3 - 200 + 10 = 0.3.
asset   USDC decimals 6
pool    main asset USDC full-close-under 1000 order-gap 0.02
  quantity  book | adl score pnl-x-leverage allocate queue
  money     fund | deleveraged price zero | haircut | carryover
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
market  ETH-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
fund    main deposit 10
deposit anna 10 USDC
deposit beth 10 USDC
deposit bob 100 USDC
deposit eva 100 USDC
mark    BTC-PERP 100.0 ETH-PERP 100.0
trade   BTC-PERP buy anna sell bob 1 @ 100.0
trade   ETH-PERP buy anna sell bob 1 @ 100.0
trade   BTC-PERP buy beth sell bob 1 @ 100.0
trade   ETH-PERP buy beth sell bob 1 @ 100.0
mark    BTC-PERP 96.0 ETH-PERP 96.0
expect  orders 4
expect  order-limit anna BTC-PERP 93.1
expect  equity anna 2
fill    anna BTC-PERP 1 @ 94.0 taker eva
expect  gap 1
expect  fund paid 1
expect  fund main 9
expect  equity anna 1
fill    anna ETH-PERP 1 @ 96.3 taker eva
expect  fund main 10
expect  balance anna 0.3
fill    beth ETH-PERP 1 @ 96.3 taker eva
expect  equity beth 2.3
expect  fund main 10
fill    beth BTC-PERP 1 @ 94.0 taker eva
expect  balance beth 0.3
expect  gap 1
expect  fund main 10
expect  reserved-gap main 0
expect  orders 0
expect  equity bob 116
expect  equity eva 103.4
