# A fund-desk that waits bankrupt is covered by what the fund takes in when a round begins, not when a price happens to visit
# another desk: which desks are visited depends on how slack is split. (R7, R11, R12)
# At 80 vault's 10 units have lost 200; the fund's 50 cover a part, 150 are lacking, and vault waits for offers. 11 come into the fund.
# ETH-PERP falls by a tick: maker, a desk that is long in both markets and rich, may be visited or not, and nothing happens. Nobody offers
# for vault: a round begins, the fund gives its 11, bob takes the lots by ADL and pays the gap of 139.
asset   USDC decimals 6
pool    main asset USDC quantity book sync | adl money deleveraged price zero | carryover order-life 1h
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.1:0.05
market  ETH-PERP pool main tick 0.1 lot 0.001 brackets 0:0.1:0.05
account vault pool main
desk    vault fund-desk
account maker pool main
desk    maker
deposit maker 1000 USDC
deposit bob 1000 USDC
fund    main deposit 200
mark    BTC-PERP 100.0 ETH-PERP 100.0
trade   BTC-PERP buy maker sell bob 1 @ 100.0
trade   ETH-PERP buy maker sell bob 1 @ 100.0
trade   BTC-PERP buy vault sell bob 10 @ 100.0
fund    main withdraw 150
mark    BTC-PERP 80.0
expect  equity vault -150
expect  waiting 1
expect  fund main 0
fund    main deposit 11
mark    ETH-PERP 99.9
expect  fund main 11
expect  equity vault -150
liquidate vault BTC-PERP
expect  fund main 0
expect  gap 139
expect  deleveraged bob 139
expect  equity vault 0
expect  waiting 0
