# penalty-first on: the fund's penalty is in it before the layers are asked. (R11, R14) [MCDEX v2]
# As penalty-hole: of alice's -24.76 the fund pays the 8.92 that came in just now, from the bucket, and its 5; bob 10.84.
# Caps bind all the same: with a floor of 3 and a fund of 1, zoe's 8.92 make it 9.92, of which 6.92 may go; bob pays 17.84.
include sync-world.story
pool    main quantity backstop | adl penalty 0.01 penalty-desk 0.02 penalty-first on full-close-under 1000
pool    main money fund | haircut | carryover
deposit vault 1000 USDC
desk    vault share 1 market-max 10000
fund    main deposit 5
mark    BTC-PERP 89.2
expect  gap BTC-PERP 24.76
expect  fund paid 13.92
expect  haircut bob 10.84
expect  fund main 0
expect  empty 1
expect  balance vault 1017.84
trade   BTC-PERP buy bob sell vault 10 @ 89.2
pool    main fund-floor 3
fund    main deposit 1
deposit zoe 110 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy zoe sell bob 10 @ 100.0
mark    BTC-PERP 89.2
expect  gap BTC-PERP 24.76
expect  fund paid 6.92
expect  haircut bob 17.84
expect  fund main 3
