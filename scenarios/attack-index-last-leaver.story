# Attack: leave last after a haircut by index of less than a unit each, and be paid from the fund what nobody was charged. (R15, R18)
# At 90 alice lacks 0.000001, which fall by index to balances of 30, 30 and 30: a third each, 0 in whole units. So the three claim
# 90 together, and 89.999999 are there for them. Who leaves last finds that; the fund's 1 is not his, though it lies in the same vault.
asset   USDC decimals 6
pool    main asset USDC
  quantity  adl score pnl allocate queue
  money     haircut base balance scope pool apply index | carryover
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
deposit alice 9.999999 USDC
deposit bob 20 USDC
deposit dan 30 USDC
deposit eve 30 USDC
fund    main deposit 1
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 1 @ 100.0
mark    BTC-PERP 90.0
expect  haircut paid 0.000001
expect  balance bob 30
expect  carryover main 0
withdraw dan 30 USDC
withdraw eve 30 USDC
expect  withdrawable bob 29.999999
withdraw bob 30 USDC refused withdrawal_gated
withdraw bob 29.999999 USDC
expect  balance bob 0.000001
fund    main withdraw 1
