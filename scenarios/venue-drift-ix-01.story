# A loss of 100 over 5 long and 5 short: 10 a unit, from both sides. (R15)
# Case: drift-ix-01-both-sides
# Source: drift-labs/protocol-v2, programs/drift/src/controller/liquidation/tests.rs, successful_resolve_perp_bankruptcy
# In the case the bankrupt account has no position left. Here it is long 10 against even, whose gain of 100 is lost in
# another market in the same batch: with 0 even cannot pay, and ADL closes it. Long and short, 5 each, are all who can. In
# the case they owe -500 and 500 and are charged later; here nobody is charged beyond what he has, so they have 200 more:
# -300 and 700. Both fall by 50: -350 and 650.
asset   USD decimals 6
pool    main asset USD
  quantity  adl score visit-order allocate queue
  money     fund | haircut base size side both | carryover
market  PERP pool main tick 1 lot 1 brackets 0:0:0
market  OTHER pool main tick 1 lot 1 brackets 0:0:0
account even pool main
account bankrupt pool main
deposit long 200 USD
deposit short 200 USD
deposit lucky 200 USD
mark    PERP 100 OTHER 200
trade   PERP buy bankrupt sell even 10 @ 100
trade   PERP buy long sell short 5 @ 100
trade   OTHER buy even sell lucky 1 @ 200
expect  cost long PERP 500
expect  cost short PERP -500
mark    PERP 90 OTHER 100
expect  gap 100
expect  taken even PERP via profit 10
expect  fund paid 0
expect  haircut paid 100
expect  haircut even 0
expect  haircut long 50
expect  haircut short 50
expect  haircut lucky 0
expect  balance long 150
expect  balance short 150
expect  cost long PERP 500
expect  cost short PERP -500
expect  balance bankrupt 0
expect  equity even 0
expect  carryover main 0
