# By index on sizes, lots worth two units: a lot still pays up to a quarter of its largest value, which is half a unit. (R15)
# One lot at one tick is 0.000001. At 0.000001 alice lost 2 units with 1: gap 1 unit. Of the shorts' 6 lots bob's 2 are closed by ADL,
# dan holds 4: two thirds of the unit are the index's, and so is the unit. A quarter of a unit a lot is due, dan owes 1.
asset   USDC decimals 6
pool    main asset USDC
  quantity  adl score visit-order allocate queue
  money     haircut base size apply index | carryover
market  PENNY pool main tick 0.000001 lot 1 price-max 0.000002 brackets 0:0.1:0.05
deposit alice 0.000001 USDC
deposit carl 1 USDC
deposit bob 1 USDC
deposit dan 0.5 USDC
mark    PENNY 0.000002
trade   PENNY buy alice sell bob 2 @ 0.000002
trade   PENNY buy carl sell dan 4 @ 0.000002
mark    PENNY 0.000001
expect  gap 0.000001
expect  closed alice PENNY via profit 2
expect  size bob PENNY 0
expect  haircut paid 0.000001
expect  haircut bob 0
expect  equity dan 0.500003
expect  carryover main 0
