# Attack: the owner of a liquidated account takes its lots with another account of his, far from the mark, so that the fund
# pays the difference into his own hands. Such a fill is refused; at a price that costs the fund nothing he may trade. (R9, R11)
# eve's a1, long 10 at 100 with 100: at 94 equity 40, maintenance 47; 6 lots must go (4 x 94 x 0.1 = 37.6 <= 40). Zero value of
# 6 is 564 - 40 x 28.2 / 47 = 540, so at 81 (486) the fund would pay 54. At 90 (540) there is no gap.
asset   USDC decimals 6
pool    main asset USDC order-gap 0.1 order-life 1h
  quantity  book | adl score pnl-x-leverage allocate queue
  money     fund | carryover
market  M pool main tick 1 lot 1 brackets 0:0.1:0.05
fund    main deposit 1000
account a1 pool main owner eve
account a2 pool main owner eve
deposit a1 100 USDC
deposit a2 1000 USDC
deposit bob 1000 USDC
deposit mm 1000 USDC
mark    M 100
trade   M buy a1 sell bob 10 @ 100
mark    M 94
expect  state a1 working
fill    a1 M 6 @ 81 taker a2 refused self_trade
expect  fund main 1000
fill    a1 M 3 @ 90 taker a2
expect  fund main 1000
expect  equity a1 28
fill    a1 M 3 @ 90 taker mm
expect  fund main 1000
expect  size a1 M 4
expect  equity a1 16
