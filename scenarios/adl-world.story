# Three shorts with different merits, and a long that will go under: the book of the adl-... stories. (R4, R13)
# Dave sold 6 at 92, carol 4 at 98, bob 2 at 100. Vera holds 5 from 100 with 30. At 90 she would have 30 - 50 = -20.
# Then: bob   u 20 of cost 200 (10.0%), notional 180, equity  30: leverage 6.00, product 0.600
#       carol u 32 of cost 392 ( 8.2%), notional 360, equity 232: leverage 1.55, product 0.127
#       dave  u 12 of cost 552 ( 2.2%), notional 540, equity 112: leverage 4.82, product 0.105
asset   USDC decimals 6
pool    main asset USDC
  quantity  adl score pnl-x-leverage allocate queue
  money     fund | deleveraged price zero | haircut | carryover
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
fund    main deposit 30
deposit carol 200 USDC
deposit dave 100 USDC
deposit bob 10 USDC
deposit vera 30 USDC
deposit lena 500 USDC
mark    BTC-PERP 92.0
trade   BTC-PERP buy lena sell dave 6 @ 92.0
mark    BTC-PERP 98.0
trade   BTC-PERP buy lena sell carol 4 @ 98.0
mark    BTC-PERP 100.0
trade   BTC-PERP buy vera sell bob 2 @ 100.0
trade   BTC-PERP buy vera sell lena 3 @ 100.0
expect  im vera 25
expect  equity vera 30
expect  equity dave 52
expect  equity carol 192
expect  equity bob 10
expect  size lena BTC-PERP 7
expect  balance lena 516.8
expect  open-interest BTC-PERP 12
