# An exempt account is passed over while others in profit can be closed. (R13)
# Alice's 1 is 10 short at 80. Bob, who is exempt, has the higher leverage (80/70 against dan's 80/80), and would be first;
# dan is closed. The fund pays 10.
asset   USDC decimals 6
pool    main asset USDC
  quantity  adl score pnl-x-leverage allocate queue
  money     fund | deleveraged price zero | haircut | carryover
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
fund    main deposit 10
deposit alice 10 USDC
deposit bob 50 USDC
deposit carl 60 USDC
deposit dan 60 USDC
flags   bob adl-exempt
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 1 @ 100.0
trade   BTC-PERP buy carl sell dan 1 @ 100.0
mark    BTC-PERP 80.0
expect  gap 10
expect  taken dan BTC-PERP via profit 1
expect  taken bob BTC-PERP 0
expect  size bob BTC-PERP -1
expect  equity bob 70
expect  balance dan 80
expect  size carl BTC-PERP 1
expect  equity carl 40
