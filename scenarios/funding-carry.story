# Funding smaller than one unit a lot is not lost: the market carries the remainder. (R4, R3)
# A lot is worth 0.1 = 100,000 units; five millionths of it are half a unit. The first payment moves nothing and carries
# the half; the second moves a whole unit a lot: 1000 lots pay 0.001, exactly 100 x 0.000005 x 2. After four: 0.002.
asset   USDC decimals 6
pool    main asset USDC
market  BTC-PERP pool main tick 0.1 lot 0.001 funded brackets 0:0.05:0.025
deposit alice 100 USDC
deposit bob 100 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 1 @ 100.0
funding BTC-PERP 0.000005
expect  equity alice 100
expect  equity bob 100
funding BTC-PERP 0.000005
expect  equity alice 99.999
expect  equity bob 100.001
funding BTC-PERP 0.000005
expect  equity alice 99.999
funding BTC-PERP 0.000005
expect  equity alice 99.998
expect  equity bob 100.002
expect  dust 0
