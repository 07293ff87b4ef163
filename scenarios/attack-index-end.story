# Attack: hold so few lots that an index charges less than a unit, until the market ends and nobody is left to pay. (R15, R17, R19)
# At 90 alice lacks 0.000001. Of 5 shorts bob's 2 are closed by ADL, the other 3 are worth more of that unit: it goes to the index.
# Each of the three owes a third of it, 0 in whole units. Their market ends, and what was taken over comes back as carryover,
# said by an event; what is paid into the fund repays it.
asset   USDC decimals 6
pool    main asset USDC
  quantity  adl score pnl allocate queue
  money     haircut base size apply index | carryover
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
deposit alice 19.999999 USDC
deposit bob 50 USDC
deposit carl 500 USDC
deposit dan 50 USDC
deposit eve 50 USDC
deposit fay 50 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 2 @ 100.0
trade   BTC-PERP buy carl sell dan 1 @ 100.0
trade   BTC-PERP buy carl sell eve 1 @ 100.0
trade   BTC-PERP buy carl sell fay 1 @ 100.0
mark    BTC-PERP 90.0
expect  gap 0.000001
expect  haircut paid 0.000001
expect  haircut bob 0
expect  equity dan 60
expect  carryover main 0
expire  BTC-PERP 90.0
expect  balance bob 70
expect  balance dan 60
expect  balance eve 60
expect  balance fay 60
expect  balance carl 470
expect  carryover BTC-PERP 0.000001
expect  withdrawable dan 50
fund    main deposit 1
expect  carryover main 0
expect  fund main 0.999999
expect  withdrawable dan 60
