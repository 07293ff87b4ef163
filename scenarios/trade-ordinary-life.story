# An ordinary life: fees, a partial close, a flip through zero, everything paid out. (R4, R14, R18)
# Fees of 0.10 + 0.05, then 0.04 + 0.04; a tenth of each sum, 0.015 and 0.008, goes to the fund, the rest to the fees.
# Alice buys 1 at 100, sells 0.4 at 110: releases 40 of cost 100, gains 4: 100 - 0.10 + 4 - 0.04 = 103.86. She sells 1
# more at 110: closes 0.6 (66 - 60 = 6), and is short 0.4 from 110; buys it back at 105: + 2. In the end 111.86.
# Bob loses 10 on his short of 1 (89.95), carol 2 on her 0.4 (47.96). 111.86 + 89.95 + 47.96 + 0.023 + 0.207 = 250.
asset   USDC decimals 6
pool    main asset USDC fee-share 0.1
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
deposit alice 100 USDC
deposit bob 100 USDC
deposit carol 50 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 1 @ 100.0 fee 0.10 0.05
expect  balance alice 99.9
expect  balance bob 99.95
expect  fees 0.135
expect  fund main 0.015
mark    BTC-PERP 110.0
expect  upnl alice 10
expect  upnl bob -10
trade   BTC-PERP buy carol sell alice 0.4 @ 110.0 fee 0.04 0.04
expect  balance alice 103.86
expect  cost alice BTC-PERP 60
expect  cost carol BTC-PERP 44
expect  fees 0.207
expect  fund main 0.023
trade   BTC-PERP buy bob sell alice 1 @ 110.0
expect  balance bob 89.95
expect  size bob BTC-PERP 0
expect  size alice BTC-PERP -0.4
expect  cost alice BTC-PERP -44
expect  balance alice 109.86
mark    BTC-PERP 105.0
trade   BTC-PERP buy alice sell carol 0.4 @ 105.0
expect  balance alice 111.86
expect  balance carol 47.96
expect  open-interest BTC-PERP 0
expect  positions 0
withdraw alice 111.86 USDC
withdraw bob 89.95 USDC
withdraw carol 47.96 USDC
expect  balance alice 0
expect  fees 0.207
expect  fund main 0.023
expect  dust 0
