# A desk's discount and a penalty together: what a solvent account has pays the penalty first, and the fund nothing for it. (R9, R11, R12)
# At 92 alice has 110 - 80 = 30 and is closed whole: 10 units, 920 at the mark, zero value 890. The penalty is 1%, 9.2, all to the
# desk. That may buy at 10% less, 828, but not below zero value and what the penalty takes, 899.2: alice's 30 are 20.8 of discount
# and 9.2 of penalty. Were it to buy at zero value, it would have all 30, and the fund would pay it 9.2 more for an account
# that was never below zero.
include sync-world.story
pool    main quantity backstop | adl penalty-desk 0.01 full-close-under 1000
pool    main money fund | deleveraged price zero | carryover
deposit vault 1000 USDC
desk    vault share 1 discount 0.1 market-max 10000
fund    main deposit 50
mark    BTC-PERP 92.0
expect  closed alice BTC-PERP via backstop 10
expect  penalty alice 9.2
expect  gap 0
expect  fund paid 0
expect  balance alice 0
expect  equity vault 1030
expect  equity bob 580
expect  fund main 50
