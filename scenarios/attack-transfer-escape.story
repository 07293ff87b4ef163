# Attack: while a loss is open, move the gated profit to another account of the same owner and withdraw it there. (R18)
# Expected: refused. Bob has 80, 50 of it paid in. He may move or withdraw 50; moved, it is paid-in money of the second account
# and may leave; the profit of 30 stays where it is.
include haircut-world.story
pool    main money carryover
account bob-2 pool main owner bob
mark    BTC-PERP 80.0
expect  carryover main 20
expect  balance bob 80
transfer bob bob-2 80 USDC refused withdrawal_gated
transfer bob bob-2 50 USDC
withdraw bob-2 50 USDC
expect  balance bob 30
withdraw bob 0.000001 USDC refused withdrawal_gated
transfer bob bob-2 0.000001 USDC refused withdrawal_gated
expect  equity dan 80
expect  equity eva 200
