# Price zero: the deleveraged account takes the whole rest of the gap, up to its profit. (R13, R10)
# Crash of haircut-world: gap 20. The fund pays 5, bob 15 of his 30. He was closed at mark, so his effective price is
# 80 + 15/1.5 = 90, alice's bankruptcy price of 93.33 less the fund's 5/1.5. Dan, not deleveraged, pays nothing.
include haircut-world.story
pool    main money fund | deleveraged price zero | haircut | carryover
fund    main deposit 5
mark    BTC-PERP 80.0
expect  gap 20
expect  fund paid 5
expect  deleveraged paid 15
expect  haircut paid 0
expect  carryover paid 0
expect  deleveraged bob 15
expect  balance bob 65
expect  claim bob 15
expect  equity dan 80
expect  equity carl 40
expect  equity eva 200
expect  balance alice 0
