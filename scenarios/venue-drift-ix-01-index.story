# A loss of 100 over 5 long and 5 short by index: 10 a unit at once, booked when each is touched. (R15)
# Case: drift-ix-01-both-sides
# Source: drift-labs/protocol-v2, programs/drift/src/controller/liquidation/tests.rs, successful_resolve_perp_bankruptcy
# The book of venue-drift-ix-01: the bankrupt account is long 10 against even, who has nothing; both are closed by ADL. The
# two indexes rise by 10 a unit. Long's cost is 550 and short's -450 from that moment: cash less cost falls from -300 to
# -350 and from 700 to 650. The charge is booked, and gives a claim, when each next does something.
asset   USD decimals 6
pool    main asset USD
  quantity  adl score visit-order allocate queue
  money     fund | haircut base size side both apply index | carryover
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
expect  cost long PERP 550
expect  cost short PERP -450
expect  balance long 200
expect  balance short 200
expect  equity long 100
expect  equity short 200
expect  haircut long 0
expect  claim long 0
trade   PERP buy short sell long 5 @ 90
expect  haircut long 50
expect  haircut short 50
expect  claim long 50
expect  claim short 50
expect  balance long 100
expect  balance short 200
expect  balance lucky 200
expect  equity lucky 300
expect  equity even 0
expect  carryover main 0
expect  dust 0
