# Attack: be deleveraged out of a wait, bankrupt, and begin to wait anew, for as long as one likes. (R11, R13)
# At 88 alice lacks 10 and waits with her 10 units; bob, short 4 of them, lost 500 in ETH-PERP and waits too. Nobody offers for
# bob: closed whole, he meets the only long there is, alice, though her lots are reserved. So her last order has ended, and
# she is closed whole as well, 6 units against dan; her gap of 10 is the winner's, as bob's of 90 is zoe's. She does not wait another hour.
asset   USDC decimals 6
pool    main asset USDC quantity book sync | adl money deleveraged price zero | carryover order-life 1h
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.1:0.05
market  ETH-PERP pool main tick 0.1 lot 0.001 brackets 0:0.1:0.05
deposit alice 110 USDC
deposit bob 362 USDC
deposit dan 500 USDC
deposit zoe 2000 USDC
mark    BTC-PERP 100.0 ETH-PERP 100.0
trade   BTC-PERP buy alice sell bob 4 @ 100.0
trade   BTC-PERP buy alice sell dan 6 @ 100.0
trade   ETH-PERP buy bob sell zoe 10 @ 100.0
at +1s mark BTC-PERP 88.0 ETH-PERP 50.0
expect  waiting 2
liquidate bob BTC-PERP
expect  size bob BTC-PERP -4
liquidate bob ETH-PERP
expect  size bob BTC-PERP 0
expect  size alice BTC-PERP 0
expect  closed alice BTC-PERP via profit 6
expect  state alice healthy
expect  equity alice 0
expect  waiting 0
expect  gap BTC-PERP 10
expect  deleveraged dan 10
expect  gap ETH-PERP 90
expect  deleveraged zoe 90
