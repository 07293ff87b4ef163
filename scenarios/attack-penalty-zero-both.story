# Price zero-both and a penalty: the counterparty gets of a solvent account's equity what the penalty leaves. (R9, R11, R13)
# At 92 alice has 30 and is closed whole by ADL against bob: 920 at the mark, zero value 890. The penalty is 1%, 9.2: bob buys at
# 899.2 and has of her 30 only 20.8. Were he to buy at 890, the fund would pay 9.2 for an account that was never below zero.
include sync-world.story
pool    main quantity adl penalty 0.01 full-close-under 1000
pool    main money fund | deleveraged price zero-both | carryover
fund    main deposit 50
mark    BTC-PERP 92.0
expect  closed alice BTC-PERP 10
expect  penalty alice 9.2
expect  gap 0
expect  fund paid 0
expect  equity alice 0
expect  equity bob 600.8
expect  fund main 59.2
