# Who waits bankrupt when his market ends is closed before it is paid out: the loss is booked first. (R11, R19)
# Alice waits with -10. The market expires at 88: her lots meet bob's at the mark, her gap is bob's charge of 10, and nothing
# is left to pay out.
include sync-world.story
pool    main order-life 1h
mark    BTC-PERP 88.0
expire  BTC-PERP 88.0
expect  gap 10
expect  deleveraged bob 10
expect  balance alice 0
expect  balance bob 610
expect  status BTC-PERP resolved
expect  waiting 0
expect  orders 0
