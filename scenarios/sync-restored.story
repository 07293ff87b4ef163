# An account that is healthy again keeps its lots: `liquidate` ends the wait and sells nothing. (R11)
# At 93 alice waits. 100 rescues her, which by itself ends no order; carol's offer finds her healthy. At 93 she waits again,
# and this time the 60 s are over when 100 comes: the time ends the wait, and nothing goes on.
include sync-world.story
pool    main order-life 60s
mark    BTC-PERP 93.0
mark    BTC-PERP 100.0
expect  state alice working
liquidate alice BTC-PERP 5 @ 100.0 taker carol
expect  size alice BTC-PERP 10
expect  size carol BTC-PERP 0
expect  state alice healthy
expect  orders 0
liquidate alice BTC-PERP 5 @ 100.0 taker carol refused order_ended
mark    BTC-PERP 93.0
expect  state alice working
step    61s
mark    BTC-PERP 100.0
expect  state alice healthy
expect  size alice BTC-PERP 10
expect  orders 0
