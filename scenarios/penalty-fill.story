# In the book the penalty counts as a worse price: what a fill brings less it is compared with zero value. (R11, R8, R9)
# At 93 alice must sell 5.699, zero value 507.211, penalty 1.0001% of 530.007 at the mark, 5.300600007, floored: the limit is
# 512.5116 / 5.699 = 89.93, a tick up 90.0. At 91.0 they bring 518.609, 6.0974 more than both, all of which the fee of 5% takes.
# Her equity per margin is as before, 40 / 46.5 = 17.204 / 19.99965, so the rest goes out as well.
include sync-world.story
pool    main quantity book | adl penalty 0.010001 liquidation-fee 0.05 order-life 1h
mark    BTC-PERP 93.0
expect  order-limit alice BTC-PERP 90.0
fill    alice BTC-PERP 5.699 @ 89.9 taker carol refused limit_price
fill    alice BTC-PERP 5.699 @ 91.0 taker carol
expect  penalty alice 5.3006
expect  surplus alice 6.0974
expect  liquidation-fee alice 6.0974
expect  fund BTC-PERP 11.398
expect  equity alice 17.204
expect  state alice working
expect  gap 0
