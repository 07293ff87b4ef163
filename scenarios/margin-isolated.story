# An isolated account loses what it was given and nothing else; the owner's cross account is another account. (R5, R9)
# Carol moves 20 of her 100 to an account isolated to ETH-PERP and buys 2 ETH at 50 there. At 38 it has 20 - 24 = -4:
# bankrupt, and the fund pays the gap of 4. Her 80 are untouched. Money moves between accounts of one owner only.
asset   USDC decimals 6
pool    main asset USDC
  quantity  adl score pnl-x-leverage allocate queue
  money     fund | deleveraged price zero | haircut | carryover
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
market  ETH-PERP pool main tick 0.01 lot 0.01 brackets 0:0.1:0.05
fund    main deposit 10
account carol pool main owner carol
account carol-iso pool main isolated ETH-PERP owner carol
deposit carol 100 USDC
deposit bob 100 USDC
transfer carol carol-iso 20 USDC
transfer carol bob 20 USDC refused owner_differs
transfer carol carol-iso 80.000001 USDC refused insufficient
mark    BTC-PERP 100.0 ETH-PERP 50.00
trade   BTC-PERP buy carol-iso sell bob 0.1 @ 100.0 refused isolated
trade   ETH-PERP buy carol-iso sell bob 2 @ 50.00
expect  im carol-iso 10
expect  net-deposits carol 80
expect  net-deposits carol-iso 20
mark    ETH-PERP 38.00
expect  gap 4
expect  fund paid 4
expect  fund main 6
expect  equity carol-iso 0
expect  size carol-iso ETH-PERP 0
expect  equity carol 80
expect  balance bob 124
expect  deleveraged bob 0
