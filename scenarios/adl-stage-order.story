# A losing bystander is left alone while a desk's lots are enough. (R13)
# As adl-stages, but alice has only 2: bob (in profit) gives 1, the vault (a desk) 1, dan keeps his and so does zed, who
# holds the long against him.
asset   USDC decimals 6
pool    main asset USDC
  quantity  adl score pnl-x-leverage allocate queue
  money     fund | deleveraged price zero | haircut | carryover
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
fund    main deposit 30
account vault pool main
deposit vault 100 USDC
desk    vault share 1 market-max 500
deposit dan 100 USDC
deposit bob 100 USDC
deposit lena 200 USDC
deposit zed 100 USDC
deposit alice 20 USDC
mark    BTC-PERP 75.0
trade   BTC-PERP buy lena sell vault 1 @ 75.0
mark    BTC-PERP 78.0
trade   BTC-PERP buy zed sell dan 1 @ 78.0
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 1 @ 100.0
trade   BTC-PERP buy alice sell lena 1 @ 100.0
mark    BTC-PERP 80.0
expect  gap 20
expect  taken bob BTC-PERP via profit 1
expect  taken vault BTC-PERP via desk 1
expect  taken dan BTC-PERP 0
expect  size dan BTC-PERP -1
expect  equity dan 98
expect  size zed BTC-PERP 1
expect  equity zed 102
