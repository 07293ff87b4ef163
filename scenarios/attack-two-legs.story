# Attack: one person holds both legs and lets one go bankrupt, so that the fund pays for the other's profit. (R10, R13)
# Expected: nothing won where the deleveraged pay before the fund. Mallory's long of 10 from 100 is 150 short at 80; her
# short, the first in the queue, won 200 and gives 150. 0 + 100: what she brought. The fund keeps its 100.
asset   USDC decimals 6
pool    main asset USDC
  quantity  adl score pnl-x-leverage allocate queue
  money     deleveraged price zero | fund | haircut | carryover
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
fund    main deposit 100
account mallory-a pool main owner mallory
account mallory-b pool main owner mallory
deposit mallory-a 50 USDC
deposit mallory-b 50 USDC
deposit eva 50 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy mallory-a sell mallory-b 10 @ 100.0
mark    BTC-PERP 80.0
expect  gap 150
expect  deleveraged mallory-b 150
expect  fund paid 0
expect  balance mallory-a 0
expect  balance mallory-b 100
expect  fund main 100
expect  balance eva 50
