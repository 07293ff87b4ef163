# Funding moves money from longs to shorts and back, to the last unit. (R4)
# At 100.0 a lot of 0.001 is worth 0.1, so 0.0001 is 0.00001 a lot: alice (1500 lots) pays 0.015, bob gets 0.010 and carol
# 0.005. Then -0.0002: alice gets 0.030 back, bob pays 0.020, carol 0.010. Net alice +0.015, bob -0.010, carol -0.005.
# A change of size first moves the pending part into cost: alice's cost is 149.985; selling a third of it at 100 releases
# 49.995 and realises 0.005. Her whole gain stays 0.015: 100.005 - 100 and 100 - 99.99.
asset   USDC decimals 6
pool    main asset USDC
market  BTC-PERP pool main tick 0.1 lot 0.001 funded brackets 0:0.05:0.025
deposit alice 100 USDC
deposit bob 100 USDC
deposit carol 100 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 1 @ 100.0
trade   BTC-PERP buy alice sell carol 0.5 @ 100.0
funding BTC-PERP 0.0001
expect  upnl alice -0.015
expect  upnl bob 0.01
expect  upnl carol 0.005
expect  offset-long BTC-PERP 0.00001
expect  offset-short BTC-PERP 0.00001
funding BTC-PERP -0.0002
expect  upnl alice 0.015
expect  upnl bob -0.01
expect  upnl carol -0.005
expect  offset-long BTC-PERP -0.00001
expect  cost alice BTC-PERP 149.985
trade   BTC-PERP buy bob sell alice 0.5 @ 100.0
expect  balance alice 100.005
expect  cost alice BTC-PERP 99.99
expect  equity alice 100.015
expect  balance bob 99.995
expect  equity bob 99.99
expect  equity carol 99.995
expect  dust 0
