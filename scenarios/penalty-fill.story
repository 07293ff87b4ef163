# In the book the penalty counts as a worse price: what a fill brings less it is compared with zero value. (R11, R8, R9)
# At 93 alice must sell 5.699, zero value 507.211, penalty 1% of 530.007 at the mark, 5.30007: the limit is 512.51107 / 5.699
# = 89.93, a tick up 90.0. At 91.0 they bring 518.609, 6.09793 more than both, all of which the liquidation fee of 5% takes.
# Her equity per margin is as before, 40 / 46.5 = 17.204 / 19.99965, so the rest goes out as well.
include sync-world.story
pool    main quantity book | adl penalty 0.01 liquidation-fee 0.05 order-life 1h
mark    BTC-PERP 93.0
expect  order-limit alice BTC-PERP 90.0
fill    alice BTC-PERP 5.699 @ 89.9 taker carol refused limit_price
fill    alice BTC-PERP 5.699 @ 91.0 taker carol
expect  penalty alice 5.30007
expect  surplus alice 6.09793
expect  liquidation-fee alice 6.09793
expect  fund BTC-PERP 11.398
expect  equity alice 17.204
expect  state alice working
expect  gap 0
