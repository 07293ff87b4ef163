# Two bankrupt accounts on opposite sides are closed against each other before any winner is touched. (R13, R9)
# Alice is long 1 BTC from 100 with 6; carl short 1 BTC and long 5 ETH from 20 with 16. BTC 90, ETH 14 in one batch:
# alice 6 - 10 = -4, carl 16 + 10 - 30 = -4. Their BTC net at mark; bob and dora keep theirs. Carl's ETH is closed with fay.
# Alice's gap belongs to BTC, carl's to ETH, the only market in which he lost; the fund's 8 pay both.
asset   USDC decimals 6
pool    main asset USDC
  quantity  adl score pnl-x-leverage allocate queue
  money     fund | deleveraged price zero | haircut | carryover
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
market  ETH-PERP pool main tick 0.01 lot 0.01 brackets 0:0.05:0.025
fund    main deposit 8
deposit alice 6 USDC
deposit carl 16 USDC
deposit bob 100 USDC
deposit dora 100 USDC
deposit fay 100 USDC
mark    BTC-PERP 100.0 ETH-PERP 20.00
trade   BTC-PERP buy alice sell bob 1 @ 100.0
trade   BTC-PERP buy dora sell carl 1 @ 100.0
trade   ETH-PERP buy carl sell fay 5 @ 20.00
mark    BTC-PERP 90.0 ETH-PERP 14.00
expect  bankrupt 2
expect  closed alice BTC-PERP via netted 1
expect  closed carl BTC-PERP via netted 1
expect  taken bob BTC-PERP 0
expect  taken dora BTC-PERP 0
expect  taken fay ETH-PERP via profit 5
expect  gap BTC-PERP 4
expect  gap ETH-PERP 4
expect  fund paid 8
expect  size bob BTC-PERP -1
expect  equity bob 110
expect  size dora BTC-PERP 1
expect  equity dora 90
expect  balance fay 130
expect  balance alice 0
expect  balance carl 0
