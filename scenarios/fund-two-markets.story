# Buckets first, then the shared part in proportion to what the markets still lack. (R14, R9)
# Alice lost 20 on BTC and 60 on ETH with 60: gap 20, by losses 5 and 15. The buckets hold 3 each: 2 and 12 are lacking. The
# shared 7 go 1 : 6. 1 and 6 are carried over, each in its own market; bob and dan, closed at mark, pay nothing.
asset   USDC decimals 6
pool    main asset USDC
  quantity  adl score pnl-x-leverage allocate queue
  money     fund | shared-fund | carryover
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
market  ETH-PERP pool main tick 0.01 lot 0.01 brackets 0:0.05:0.025
fund    main deposit 3 market BTC-PERP
fund    main deposit 3 market ETH-PERP
fund    main deposit 7
deposit alice 60 USDC
deposit bob 200 USDC
deposit dan 200 USDC
mark    BTC-PERP 100.0 ETH-PERP 200.00
trade   BTC-PERP buy alice sell bob 2 @ 100.0
trade   ETH-PERP buy alice sell dan 1 @ 200.00
mark    BTC-PERP 90.0 ETH-PERP 140.00
expect  gap BTC-PERP 5
expect  gap ETH-PERP 15
expect  fund paid BTC-PERP 3
expect  fund paid ETH-PERP 3
expect  shared-fund paid BTC-PERP 1
expect  shared-fund paid ETH-PERP 6
expect  carryover BTC-PERP 1
expect  carryover ETH-PERP 6
expect  carryover main 7
expect  fund main 0
expect  balance bob 220
expect  balance dan 260
