# The book is changed only while no liquidation order lives, and what contradicts it is refused. (R11)
include sync-world.story
pool    main order-gap 0.01 refused bad_setting
mark    BTC-PERP 88.0
pool    main quantity book | adl refused bad_setting
liquidate alice BTC-PERP
pool    main quantity book | adl order-gap 0.01
deposit alice 110 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell carol 10 @ 100.0
mark    BTC-PERP 93.0
liquidate alice BTC-PERP refused book_mode
pool    main quantity book sync | adl order-gap 0 refused bad_setting
fill    alice BTC-PERP 5.699 @ 93.0 taker bob
pool    main quantity book sync | adl order-gap 0
