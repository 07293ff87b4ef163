# Attack: a run on a venue that pays at a rate: leave first, leave in pieces, leave through another pool. (R18)
# Claims 400 on 380. Whoever pays out at a rate leaves the rate to the others as it was: bob in three pieces gets
# 0.95 + 0.475 + 74.575 = 76 for 80, the same as in one. Dan moves his 80 to another pool, which has no loss, and finds 76 there.
# Moved within the pool nothing is lost. What is too small to be paid a unit is refused, not taken.
include haircut-world.story
pool    main money carryover withdrawals rate
pool    alt asset USDC
account dan-alt pool alt owner dan
account dan-2 pool main owner dan
mark    BTC-PERP 80.0
trade   BTC-PERP buy dan sell carl 1 @ 80.0
expect  carryover main 20
withdraw bob 0.000001 USDC refused bad_amount
withdraw bob 1 USDC
expect  claim bob 0.05
withdraw bob 0.5 USDC
withdraw bob 78.5 USDC
expect  claim bob 4
transfer dan dan-2 30 USDC
expect  balance dan-2 30
expect  claim dan 0
transfer dan dan-alt 0.000001 USDC refused bad_amount
transfer dan dan-alt 50 USDC
expect  balance dan-alt 47.5
expect  claim dan 2.5
transfer dan-2 dan-alt 30 USDC
expect  balance dan-alt 76
expect  claim dan-2 1.5
withdraw dan-alt 76 USDC
withdraw eva 200 USDC
withdraw carl 40 USDC
expect  claim carl 2
expect  carryover main 0
expect  claims main 20
