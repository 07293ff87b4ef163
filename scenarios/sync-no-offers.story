# Nobody offers: all lots go on to backstop and ADL in the same step. (R11, R12, R13)
# A desk takes half of alice's 10 units at the mark, bob's short the other half. Her gap of 10 is the fund's 3 and bob's 7.
include sync-world.story
pool    main quantity book sync | backstop | adl
deposit vault 1000 USDC
desk    vault share 0.5 market-max 10000
fund    main deposit 3
mark    BTC-PERP 88.0
expect  taken vault BTC-PERP 0
liquidate alice BTC-PERP
expect  closed alice BTC-PERP via book 0
expect  closed alice BTC-PERP via backstop 5
expect  closed alice BTC-PERP via profit 5
expect  gap 10
expect  fund paid 3
expect  deleveraged bob 7
expect  size vault BTC-PERP 5
expect  size bob BTC-PERP -5
expect  balance alice 0
