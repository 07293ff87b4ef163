# The published queue: positions 10, 10, 20, 30, 20, 10, ranks 3, 6, 1, 4, 5, 2 (6 first), 20 to close. (R13, R16)
# All six are short from 10 and win 10%; the leverages at 9 make the ranks: 90/30 = 3, 90/15 = 6, 180/180 = 1, 270/67.5 = 4,
# 180/36 = 5, 90/45 = 2. Account 2 gives all its 10, account 5 the other 10. Vic's gap of 10 is the fund's.
asset   USDC decimals 6
pool    main asset USDC
  quantity  adl score pnl-x-leverage allocate queue
  money     fund | deleveraged price zero | haircut | carryover
market  CON pool main tick 0.1 lot 1 brackets 0:0.05:0.025
fund    main deposit 10
deposit vic 10 USDC
deposit lena 200 USDC
deposit a1 20 USDC
deposit a2 5 USDC
deposit a3 160 USDC
deposit a4 37.5 USDC
deposit a5 16 USDC
deposit a6 35 USDC
mark    CON 10.0
trade   CON buy lena sell a1 10 @ 10.0
trade   CON buy lena sell a2 10 @ 10.0
trade   CON buy lena sell a3 20 @ 10.0
trade   CON buy lena sell a4 30 @ 10.0
trade   CON buy vic sell a5 20 @ 10.0
trade   CON buy lena sell a6 10 @ 10.0
mark    CON 9.0
expect  gap 10
expect  fund paid 10
expect  taken a2 CON via profit 10
expect  taken a5 CON via profit 10
expect  taken a1 CON 0
expect  taken a4 CON 0
expect  size a2 CON 0
expect  size a5 CON -10
expect  balance a2 15
expect  equity a5 36
expect  size a1 CON -10
expect  size a3 CON -20
expect  size a4 CON -30
expect  size a6 CON -10
expect  size lena CON 80
