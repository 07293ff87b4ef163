# A penalty takes what a solvent account does not have: the hole is a gap, of the market whose lots were closed. (R11, R9)
# At 89.2 alice has 2 and is closed whole: 892. 1% for the fund, 8.92, and 2% for the desk, 17.84, leave -24.76. Off, the
# penalty comes into the fund at the round's end, as surplus does: the fund pays the 5 it had before, bob's profit of 108 the
# other 19.76, and the fund ends with 8.92.
include sync-world.story
pool    main quantity backstop | adl penalty 0.01 penalty-desk 0.02 full-close-under 1000
pool    main money fund | haircut | carryover
deposit vault 1000 USDC
desk    vault share 1 market-max 10000
fund    main deposit 5
mark    BTC-PERP 89.2
expect  closed alice BTC-PERP via backstop 10
expect  penalty alice 26.76
expect  gap BTC-PERP 24.76
expect  fund paid 5
expect  haircut bob 19.76
expect  balance alice 0
expect  balance vault 1017.84
expect  fund BTC-PERP 8.92
expect  fund main 8.92
expect  bankrupt 1
